"""Everything beside the desk: customers, search, the manager's pages, settings, profile, the door."""

from __future__ import annotations

from scripts.picturing.pictures import NARROW, Picture
from scripts.picturing.steps import click, pause, see, type_into

SETTINGS = {
    "settings": "",
    "settings-company": "company",
    "settings-connections": "connections/",
    "settings-connection": "connections/1",
    "settings-connection-new": "connections/new",
    "settings-ways-in": "ways-in/",
    "settings-templates": "templates/",
    "settings-template-of-tickets": "templates/tickets/{template}",
    "settings-template-of-tickets-new": "templates/tickets/new",
    "settings-template-of-customers": "templates/customers/{contact_template}",
    "settings-template-of-customers-new": "templates/customers/new",
    "settings-fields": "fields/",
    "settings-saved-replies": "saved-replies/",
    "settings-staff": "staff/",
    "settings-staff-leave": "staff/{anna}/leave",
    "settings-teams": "teams/",
    "settings-plugins": "plugins/",
    "settings-plugin-maps": "plugins/maps",
    "settings-plugin-sandbox": "plugins/sandbox",
    "settings-plugin-telegram": "plugins/telegram",
    "settings-journal": "journal/",
}
PLAIN = {
    "views": "/views/",
    "customers": "/customers",
    "customers-of-company": "/customers?organisation={organisation}",
    "customer": "/customers/{main_contact}",
    "customer-files": "/customers/{main_contact}?show=files",
    "customer-notes": "/customers/{main_contact}?show=notes",
    "customer-merge": "/customers/{second_contact}/merge",
    "customer-merge-confirm": "/customers/{second_contact}/merge?other={main_contact}",
    "customer-export": "/customers/{second_contact}/export",
    "customer-erase": "/customers/{second_contact}/erase",
    "companies": "/organisations/",
    "company": "/organisations/{organisation}",
    "new": "/new",
    "new-for-customer": "/new?contact={main_contact}",
    "search": "/search",
    "today": "/today",
    "couriers": "/maps/couriers",
    "map-files": "/maps/basemap",
    "profile": "/me/",
    "status": "/status/",
    "status-disk": "/status/disk",
    "status-files": "/status/files",
    "help": "/help/desk",
    "practice-phone": "/sandbox/",
    "error-404": "/settings/nothing-here",
    "way-in-sheet": "/settings/ways-in/{way}/sheet",
    "way-in-sheets": "/settings/ways-in/sheets",
}


def pictures() -> list[Picture]:
    plain = [Picture(name, address, whole=True) for name, address in PLAIN.items()]
    settings = [Picture(name, f"/settings/{address}", whole=True) for name, address in SETTINGS.items()]
    return [*plain, *more(), *settings, *door()]


def more() -> list[Picture]:
    found = type_into("main input[name=q]", "6120")
    return [
        Picture("search-found", "/search?q={search}", whole=True),
        Picture("search-nothing", "/search?q={nothing}", whole=True),
        Picture("search-typed", "/search", (found, pause(1.5)), whole=True, widths=(NARROW,)),
        Picture("customer-menu", "/customers/{main_contact}", (click("#person-menu > summary"),)),
        Picture(
            "customer-block",
            "/customers/{main_contact}",
            (click("#person-menu > summary"), click('[data-opens="bar-dialog"]')),
        ),
        Picture("customer-invite", "/customers/{by_hand_contact}", (click('#person [hx-post*="invite"]'), pause(1))),
        Picture("help-pages", "/help/", whole=True),
        Picture("error-403", "/settings/staff/", who="anna"),
        Picture("settings-agent", "/settings/saved-replies/", who="anna", whole=True),
        Picture("profile-agent", "/me/", who="anna", whole=True),
        Picture(
            "way-in-open", "/settings/ways-in/", (click(".way-in-more > summary"), see(".way-in-more form")), whole=True
        ),
    ]


def door() -> list[Picture]:
    """Nobody is signed in."""
    wrong = (
        type_into("input[name=login]", "anna"),
        type_into("input[name=password]", "…"),
        click("form button[type=submit]"),
        see("[role=alert]:not(#alerts)"),
    )
    return [
        Picture("login", "/login", who=""),
        Picture("login-wrong", "/login", wrong, who=""),
        Picture("welcome", "/welcome/{welcome}", who=""),
        Picture("welcome-used", "/welcome/nobody-has-this-code", who=""),
    ]


def with_a_group() -> list[Picture]:
    """What stands above the inbox while a group waits for a yes."""
    return [
        Picture("group-asks", "/inbox"),
        Picture("group-asks-connection", "/settings/connections/1", whole=True),
    ]

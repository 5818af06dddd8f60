"""The tables. Import this package before using the metadata."""

from appliance.models.base import Base, Instant, now, table_of
from appliance.models.box import Lease, PluginFailure, Setting
from appliance.models.connections import Connection, TicketTemplate
from appliance.models.contacts import Address, Contact, Identity
from appliance.models.deliveries import Delivery, DeliveryPiece
from appliance.models.events import Cursor, Event
from appliance.models.files import File, RemoteCopy, Rendition
from appliance.models.journal import InboundUpdate
from appliance.models.messages import Message, MessageRef, MessageVersion, Part, Reaction
from appliance.models.people import Agent, Attempt, SignIn, Team, TeamMember
from appliance.models.tickets import Draft, Follower, Tag, Ticket, TicketRead, TicketTag

__all__ = [
    "Address",
    "Agent",
    "Attempt",
    "Base",
    "Connection",
    "Contact",
    "Cursor",
    "Delivery",
    "DeliveryPiece",
    "Draft",
    "Event",
    "File",
    "Follower",
    "Identity",
    "InboundUpdate",
    "Instant",
    "Lease",
    "Message",
    "MessageRef",
    "MessageVersion",
    "Part",
    "PluginFailure",
    "Reaction",
    "RemoteCopy",
    "Rendition",
    "Setting",
    "SignIn",
    "Tag",
    "Team",
    "TeamMember",
    "Ticket",
    "TicketRead",
    "TicketTag",
    "TicketTemplate",
    "now",
    "table_of",
]

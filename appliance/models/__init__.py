"""The tables. Import this package before using the metadata."""

from appliance.models.base import Base, Instant, now, table_of
from appliance.models.box import Lease, PluginFailure, Setting
from appliance.models.connections import Connection, Entrance, Outage, TicketTemplate
from appliance.models.contacts import Address, Contact, Identity
from appliance.models.deliveries import Delivery, DeliveryPiece
from appliance.models.events import Cursor, Event
from appliance.models.files import File, FileHeard, RemoteCopy, Rendition
from appliance.models.journal import InboundUpdate
from appliance.models.messages import Message, MessageRef, MessageVersion, Part, Reaction
from appliance.models.people import Agent, AgentAddress, Attempt, SignIn, StartCode, Team, TeamMember
from appliance.models.positions import LiveFix, LiveShare
from appliance.models.tickets import Draft, Follower, Tag, Ticket, TicketRead, TicketTag

__all__ = [
    "Address",
    "Agent",
    "AgentAddress",
    "Attempt",
    "Base",
    "Connection",
    "Contact",
    "Cursor",
    "Delivery",
    "DeliveryPiece",
    "Draft",
    "Entrance",
    "Event",
    "File",
    "FileHeard",
    "Follower",
    "Identity",
    "InboundUpdate",
    "Instant",
    "Lease",
    "LiveFix",
    "LiveShare",
    "Message",
    "MessageRef",
    "MessageVersion",
    "Outage",
    "Part",
    "PluginFailure",
    "Reaction",
    "RemoteCopy",
    "Rendition",
    "Setting",
    "SignIn",
    "StartCode",
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

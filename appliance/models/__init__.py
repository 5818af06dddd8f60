"""The tables. Import this package before using the metadata."""

from appliance.models.arrangements import Arrangement, TicketLink
from appliance.models.base import Base, Instant, now, table_of
from appliance.models.box import Lease, PluginFailure, Setting
from appliance.models.connections import Connection, Entrance, Outage, TicketTemplate
from appliance.models.contacts import Address, Contact, ContactTag, ContactTemplate, Identity, Organisation
from appliance.models.deliveries import Delivery, DeliveryPiece
from appliance.models.events import Cursor, Event
from appliance.models.fields import ContactField, ContactTemplateField, Field, TemplateField, TicketField
from appliance.models.files import File, FileHeard, RemoteCopy, Rendition
from appliance.models.journal import InboundUpdate
from appliance.models.messages import Message, MessageRef, MessageVersion, Part, Reaction
from appliance.models.notices import Mention, Notice, Presence
from appliance.models.people import Agent, AgentAddress, Attempt, SignIn, StaffCode, StartCode, Team, TeamMember
from appliance.models.positions import LiveFix, LiveShare
from appliance.models.replies import SavedReply, SavedReplyFile
from appliance.models.search import SEARCH_KINDS, SearchEntry, search_id, search_ids
from appliance.models.tickets import Draft, Follower, Tag, Ticket, TicketRead, TicketTag
from appliance.models.views import BulkItem, BulkJob, SavedView

__all__ = [
    "SEARCH_KINDS",
    "Address",
    "Agent",
    "AgentAddress",
    "Arrangement",
    "Attempt",
    "Base",
    "BulkItem",
    "BulkJob",
    "Connection",
    "Contact",
    "ContactField",
    "ContactTag",
    "ContactTemplate",
    "ContactTemplateField",
    "Cursor",
    "Delivery",
    "DeliveryPiece",
    "Draft",
    "Entrance",
    "Event",
    "Field",
    "File",
    "FileHeard",
    "Follower",
    "Identity",
    "InboundUpdate",
    "Instant",
    "Lease",
    "LiveFix",
    "LiveShare",
    "Mention",
    "Message",
    "MessageRef",
    "MessageVersion",
    "Notice",
    "Organisation",
    "Outage",
    "Part",
    "PluginFailure",
    "Presence",
    "Reaction",
    "RemoteCopy",
    "Rendition",
    "SavedReply",
    "SavedReplyFile",
    "SavedView",
    "SearchEntry",
    "Setting",
    "SignIn",
    "StaffCode",
    "StartCode",
    "Tag",
    "Team",
    "TeamMember",
    "TemplateField",
    "Ticket",
    "TicketField",
    "TicketLink",
    "TicketRead",
    "TicketTag",
    "TicketTemplate",
    "now",
    "search_id",
    "search_ids",
    "table_of",
]

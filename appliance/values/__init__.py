"""What passes between the core and its plugins: frozen, checked at the border, free of database and web."""
from appliance.values.base import FILE_KINDS, SYSTEM, Actor, Json, Lane, PartKind, Role
from appliance.values.channel import (
    Account,
    Capabilities,
    Channel,
    ConnectionInfo,
    ErrorText,
    Fetched,
    FormField,
    Journal,
)
from appliance.values.files import MadeRendition, Prepared, StoredFile, Workplace
from appliance.values.incoming import (
    Chat,
    Entity,
    Ignored,
    Incoming,
    IncomingButton,
    IncomingMessage,
    IncomingPart,
    IncomingPosition,
    IncomingReaction,
    IncomingStart,
    IncomingState,
    Person,
    RawUpdate,
    Reference,
    RemoteFile,
    Unreadable,
)
from appliance.values.outgoing import ConnectError, Outgoing, OutgoingPart, Piece, SendError, Sent
from appliance.values.pages import (
    CheckResult,
    FileView,
    NavLink,
    PageAssets,
    PartView,
    RenditionView,
    ServiceTask,
    SettingField,
    TicketAnswer,
    TicketCandidate,
    TicketQuestion,
    Verdict,
)

__all__ = [
    "FILE_KINDS", "SYSTEM", "Account", "Actor", "Capabilities", "Channel", "Chat", "CheckResult", "ConnectError",
    "ConnectionInfo", "Entity", "ErrorText", "Fetched", "FileView", "FormField", "Ignored", "Incoming",
    "IncomingButton", "IncomingMessage", "IncomingPart", "IncomingPosition", "IncomingReaction", "IncomingStart",
    "IncomingState", "Journal", "Json", "Lane", "MadeRendition", "NavLink", "Outgoing", "OutgoingPart", "PageAssets",
    "PartKind", "PartView", "Person", "Piece", "Prepared", "RawUpdate", "Reference", "RemoteFile", "RenditionView",
    "Role", "SendError", "Sent", "ServiceTask", "SettingField", "StoredFile", "TicketAnswer", "TicketCandidate",
    "TicketQuestion", "Unreadable", "Verdict", "Workplace",
]

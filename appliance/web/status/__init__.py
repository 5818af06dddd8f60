"""/status: how the box is, which files are being prepared, what fills the disk."""

from appliance.web.status import disk, overview, prepared_files
from appliance.web.status.overview import blueprint

__all__ = ["blueprint", "disk", "overview", "prepared_files"]

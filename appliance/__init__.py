"""A helpdesk in a box. These are the names plugins may use; everything else is the core's own business."""

from appliance.box import box
from appliance.hookspecs import HOOKS_VERSION, hookimpl
from appliance.language import mark, translate, translate_many
from appliance.values import *  # noqa: F403  (the values are the contract; values.__all__ lists them)
from appliance.values import __all__ as _values

__version__ = "0.1.0"
__all__ = [  # noqa: PLE0604  (the values list their own names)
    "HOOKS_VERSION",
    "__version__",
    "box",
    "hookimpl",
    "mark",
    "translate",
    "translate_many",
    *_values,
]

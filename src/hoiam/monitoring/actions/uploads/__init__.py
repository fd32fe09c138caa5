"""Files people upload: a listening vendor's list, the official page's comments."""

from hoiam.monitoring.actions.uploads.columns import Wanted, wanted
from hoiam.monitoring.actions.uploads.taking import take_upload, try_upload

__all__ = ["Wanted", "take_upload", "try_upload", "wanted"]

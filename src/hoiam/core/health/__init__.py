"""What is wrong with the house and what to do: each room names its checks, `hoiam doctor` asks them all.

A check looks and changes nothing. It gives back findings; none means that all is well.
"""

from hoiam.core.health import house  # noqa: F401 -- registers the house's own checks
from hoiam.core.health.checks import Checked, Finding, examine, health_check

__all__ = ["Checked", "Finding", "examine", "health_check"]

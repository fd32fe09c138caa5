"""The demonstration: a fictional province with its press, people, sixty days of news and twelve cases."""

from hoiam.config.demo.loading import Made, has_data, load
from hoiam.config.demo.province import PASSWORD, USERS

__all__ = ["PASSWORD", "USERS", "Made", "has_data", "load"]

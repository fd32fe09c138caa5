"""The Scheme's room: statutory indicators, who answers late; tasks, plans and reports to come."""

-- What the dashboard counts over days: runs that ended, and calls of tools.
CREATE INDEX events_activity ON events (at) WHERE type IN ('run.completed', 'run.failed', 'run.cancelled', 'tool.proposed');

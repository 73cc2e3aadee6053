"""Value objects and rules on text that know no model: money, actor, clock, numbers, Vietnamese; pure Python."""

"""Care in contact: needs, emergency cards, learner messages, and stopping at once."""

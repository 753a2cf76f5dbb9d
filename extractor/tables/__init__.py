"""Tables: the only typed rows. Below this floor there are records, above it rows and kept texts."""

"""Pages on which a site keeps its instruments: permissions and texts, its own versions, experts, who stands by."""

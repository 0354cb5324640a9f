"""How somebody wants to read: sizes, room, colours, lines, a voice."""

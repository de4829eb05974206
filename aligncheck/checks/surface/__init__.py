"""Signs, spaces, characters and spelling: what one text shows by itself."""

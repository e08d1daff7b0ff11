"""What a store is made of: files, the layers above them, and what a change of files changes."""

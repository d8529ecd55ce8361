"""The judge of a full read: typed pages, their database, and every rule on small districts made by hand."""

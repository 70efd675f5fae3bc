"""Reading a firm list: which column is what, and what each row says."""

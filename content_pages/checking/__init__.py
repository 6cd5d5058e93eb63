"""What is looked at before a page is published: words, links, headings, pictures, and how hard it is to read."""

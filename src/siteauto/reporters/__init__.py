"""Values to words: text, JSON, Markdown, JUnit. Never consulted for a decision."""

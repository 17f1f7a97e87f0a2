"""The site's plumbing: settings, addresses, what happens to every request, accounts, the menu."""

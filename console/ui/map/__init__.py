"""The unit map: a folium page with a live canvas layer of our own, in a locked-down web view."""

"""The way in from Oxidized and RANCID: what they know of devices, and what their repositories are worth."""

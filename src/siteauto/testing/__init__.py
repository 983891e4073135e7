"""Fakes of every port, for tests of siteauto and of its plug-ins. They obey the same contracts as the real ones."""

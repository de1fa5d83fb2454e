"""The status of sprints: a row for each sprint, one sprint in full, and the rows of the home screen."""

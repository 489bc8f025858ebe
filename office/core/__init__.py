"""What every area stands on: actions, actors, events, jobs, pages, files. Knows nothing about medicine."""

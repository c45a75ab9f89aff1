@echo off
rem The command line of the installed application: its own Node runs its own program.
"%~dp0..\node\bin\node.exe" --min-semi-space-size=4 --max-semi-space-size=4 --max-old-space-size=1024 "%~dp0..\app.asar.unpacked\out\node\cli.js" %*

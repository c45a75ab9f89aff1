!macro removeLoginItem name
  DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "${name}"
  DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run" "${name}"
!macroend

!macro customUnInstall
  ; Servers and a host in the background run on the bundled Node, whose file could not be replaced while they do.
  nsExec::Exec '"$INSTDIR\resources\node\bin\node.exe" "$INSTDIR\resources\app.asar.unpacked\out\node\cli.js" down'
  Pop $0

  ${ifNot} ${isUpdated}
    ; The login item is Electron's, under the application's id or, before one is set, its name. The second key is where
    ; Windows keeps that a person has switched it off in the Task Manager.
    !insertmacro removeLoginItem "${APP_ID}"
    !insertmacro removeLoginItem "electron.app.${PRODUCT_NAME}"

    ; An installation for all users has set the context of all; the data is always one person's.
    SetShellVarContext current
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "Remove the stored servers, settings and logs too?$\r$\n$\r$\n$LOCALAPPDATA\mcp-manager$\r$\n$\r$\nCredentials stay in the Windows Credential Manager." /SD IDNO IDNO keepData
      RMDir /r "$LOCALAPPDATA\mcp-manager"
    keepData:
    ${if} $installMode == "all"
      SetShellVarContext all
    ${endif}
  ${endif}
!macroend

/**
 * Types only: what the stand-in offers is Electron's, name by name and signature by signature. A member that Electron does
 * not have, or has with other types, does not compile.
 */
import type { EventEmitter } from 'node:events'
import type { App } from './app.ts'
import type { BrowserWindow } from './browser-window.ts'
import type { ExportName, Implemented } from './electron.ts'
import type { IpcMain } from './ipc-main.ts'
import type { Menu, MenuItem } from './menu.ts'
import type { MessageChannelMain } from './message-channel-main.ts'
import type { MessagePortMain } from './message-port-main.ts'
import type { NativeImage } from './native-image.ts'
import type { NativeTheme } from './native-theme.ts'
import type { Notification } from './notification.ts'
import type { PowerMonitor } from './power-monitor.ts'
import type { Screen } from './screen.ts'
import type { Session } from './session.ts'
import type { Tray } from './tray.ts'
import type { WebContents } from './web-contents.ts'
import type { WebFrameMain } from './web-frame-main.ts'

/** The stand-in's classes and Electron's, in pairs. */
type Pairs = [
  [App, Electron.App],
  [BrowserWindow, Electron.BrowserWindow],
  [IpcMain, Electron.IpcMain],
  [Menu, Electron.Menu],
  [MenuItem, Electron.MenuItem],
  [MessageChannelMain, Electron.MessageChannelMain],
  [MessagePortMain, Electron.MessagePortMain],
  [NativeImage, Electron.NativeImage],
  [NativeTheme, Electron.NativeTheme],
  [Notification, Electron.Notification],
  [Implemented['protocol'], Electron.Protocol],
  [PowerMonitor, Electron.PowerMonitor],
  [Screen, Electron.Screen],
  [Session, Electron.Session],
  [Session['webRequest'], Electron.WebRequest],
  [Tray, Electron.Tray],
  [WebContents, Electron.WebContents],
  [WebFrameMain, Electron.WebFrameMain],
]

/** Electron's type of an object of the stand-in. */
type Counterpart<T, List = Pairs> = List extends [[infer Ours, infer Theirs], ...infer Rest]
  ? [T] extends [Ours]
    ? [Ours] extends [T]
      ? Theirs
      : Counterpart<T, Rest>
    : Counterpart<T, Rest>
  : never

/** A type with the stand-in's objects replaced by Electron's, wherever they stand in it. */
type Lifted<T> = T extends unknown ? LiftedOne<T> : never
type LiftedOne<T> = [Counterpart<T>] extends [never]
  ? T extends (...args: infer Args) => infer Result
    ? (...args: LiftedAll<Args>) => Lifted<Result>
    : T extends Promise<infer Value>
      ? Promise<Lifted<Value>>
      : T extends readonly (infer Item)[]
        ? Lifted<Item>[]
        : T
  : Counterpart<T>
type LiftedAll<Args extends readonly unknown[]> = { [K in keyof Args]: Lifted<Args[K]> }

/** The members by name: symbols are the stand-in's own, and an emitter is an emitter. */
type Names<T> = Exclude<keyof T, keyof EventEmitter | keyof typeof EventEmitter | symbol>

/** What is wrong with a part of the stand-in; no member where nothing is. */
export type Faults<Ours, Theirs> = {
  [K in Names<Ours> as K extends keyof Theirs
    ? Lifted<Ours[K]> extends Theirs[K]
      ? never
      : K
    : K]: K extends keyof Theirs ? [Lifted<Ours[K]>, Theirs[K]] : 'Electron has no such member'
}

/** Compiles where there is no fault. */
export type None<T extends Record<string, never>> = T

type Exports = typeof import('electron/main') & typeof import('electron/common')

/** The checks; a fault is an error in its line. */
export type Conformance = [
  None<Record<Exclude<keyof Exports, ExportName>, 'is not exported'>>,
  None<Record<Exclude<ExportName, keyof Exports>, 'is no export of Electron'>>,
  None<Faults<App, Electron.App>>,
  None<Faults<BrowserWindow, Electron.BrowserWindow>>,
  None<Faults<typeof BrowserWindow, typeof Electron.BrowserWindow>>,
  None<Faults<IpcMain, Electron.IpcMain>>,
  None<Faults<Menu, Electron.Menu>>,
  None<Faults<typeof Menu, typeof Electron.Menu>>,
  None<Faults<MenuItem, Electron.MenuItem>>,
  None<Faults<MessageChannelMain, Electron.MessageChannelMain>>,
  None<Faults<MessagePortMain, Electron.MessagePortMain>>,
  None<Faults<NativeImage, Electron.NativeImage>>,
  None<Faults<typeof NativeImage, typeof Electron.NativeImage>>,
  None<Faults<NativeTheme, Electron.NativeTheme>>,
  None<Faults<Notification, Electron.Notification>>,
  None<Faults<typeof Notification, typeof Electron.Notification>>,
  None<Faults<PowerMonitor, Electron.PowerMonitor>>,
  None<Faults<Screen, Electron.Screen>>,
  None<Faults<Session, Electron.Session>>,
  None<Faults<Session['webRequest'], Electron.WebRequest>>,
  None<Faults<Tray, Electron.Tray>>,
  None<Faults<WebContents, Electron.WebContents>>,
  None<Faults<typeof WebContents, typeof Electron.WebContents>>,
  None<Faults<WebFrameMain, Electron.WebFrameMain>>,
  None<Faults<Implemented['clipboard'], Electron.Clipboard>>,
  None<Faults<Implemented['dialog'], Electron.Dialog>>,
  None<Faults<Implemented['protocol'], Electron.Protocol>>,
  None<Faults<Implemented['session'], typeof Electron.Session>>,
  None<Faults<Implemented['shell'], Electron.Shell>>,
  None<Faults<App['commandLine'], Electron.CommandLine>>,
]

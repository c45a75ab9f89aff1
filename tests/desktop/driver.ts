import { chooseDriver, type DriverName } from './choose-driver.ts'
import type { DesktopApp, LaunchOptions } from './desktop-app.ts'
import { launchOnElectron } from './electron-driver.ts'
import { launchOnStandIn } from './standin-driver.ts'

/** Starts an application and answers when it is ready. Its maker disposes of it. */
export function launch(
  options: LaunchOptions,
  driver: DriverName = chooseDriver().driver,
): Promise<DesktopApp> {
  return driver === 'electron' ? launchOnElectron(options) : launchOnStandIn(options)
}

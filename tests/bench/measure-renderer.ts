import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { gzipSync } from 'node:zlib'
import { type Browser, chromium, type Page } from '@playwright/test'
import { enableAll, environment, importServers, repository, serve, withHome } from './bench-host.ts'
import { type Figure, ms, quantile } from './figure.ts'
import { startSyntheticHost } from './synthetic-host.ts'

const rendererDir = join(repository, 'out', 'renderer')
const floodServer = join(import.meta.dirname, 'flood-server.mjs')

/** The page in a real browser: its size, its start, and whether it stays fluent under load. */
export async function measureRenderer(
  isShort: boolean,
  rounds: number,
): Promise<readonly Figure[]> {
  const browser = await launch()
  try {
    return [
      measureInitialScript(),
      await measureUsable(browser, rounds),
      ...(await measureFlood(browser, isShort)),
      ...(await measureStates(browser, isShort ? 4_000 : 15_000)),
    ]
  } finally {
    await browser.close()
  }
}

async function launch(): Promise<Browser> {
  const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) =>
    existsSync(path),
  )
  return await chromium.launch({
    ...(installed === undefined ? { channel: 'chrome' } : { executablePath: installed }),
    // Chromium's sandbox does not start as root; see playwright.config.ts.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
}

/** What the first page loads before it can be used: the scripts that index.html names, compressed. */
function measureInitialScript(): Figure {
  const html = readFileSync(join(rendererDir, 'index.html'), 'utf8')
  const names = new Set(
    Array.from(html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g), ([, name]) => name ?? ''),
  )
  if (names.size === 0) throw new Error('index.html names no script')
  const bytes = [...names].reduce(
    (sum, name) => sum + gzipSync(readFileSync(join(rendererDir, name))).length,
    0,
  )
  const all = readdirSync(join(rendererDir, 'assets')).filter((name) => name.endsWith('.js'))
  return {
    what: `initial JavaScript, gzip (${names.size} of ${all.length} files)`,
    value: `${Math.round(bytes / 1_000)} kB`,
    bound: '350 kB',
  }
}

/** From `npm start` in a checkout that is set up and built to a page that a person can use. */
async function measureUsable(browser: Browser, rounds: number): Promise<Figure> {
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    await withHome(async (home) => {
      const startedAt = performance.now()
      const child = spawn(
        process.execPath,
        [join(repository, 'scripts', 'bootstrap.cjs'), 'start'],
        {
          cwd: repository,
          env: environment(home),
          stdio: ['ignore', 'pipe', 'ignore'],
        },
      )
      const context = await browser.newContext()
      try {
        for await (const line of createInterface({ input: child.stdout })) {
          const url = /https?:\/\/\S+ticket=\S+/.exec(line)?.[0]
          if (url === undefined) continue
          const page = await context.newPage()
          await page.goto(url)
          await page.getByRole('heading', { level: 1 }).waitFor()
          times.push(performance.now() - startedAt)
          break
        }
      } finally {
        await context.close()
        const exited = new Promise((resolve) => {
          child.once('exit', resolve)
        })
        child.kill('SIGTERM')
        await exited
      }
    })
  }
  return { what: '`npm start` until the page is usable', value: ms(times), bound: '' }
}

/** The log page while servers print, and while a person scrolls through what it holds. */
async function measureFlood(browser: Browser, isShort: boolean): Promise<readonly Figure[]> {
  const perSecond = 2_000
  const held = isShort ? 10_000 : 100_000
  return await withHome(async (home) => {
    importServers(home, {
      'flood-1': [floodServer, String(perSecond / 2)],
      'flood-2': [floodServer, String(perSecond / 2)],
    })
    const host = await serve(home)
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    try {
      await enableAll(host.connection, 2)
      await page.goto(host.url)
      await page.getByRole('link', { name: /^Logs/ }).click()
      await page.getByRole('treegrid').waitFor()
      const following = await framesDuring(page, isShort ? 4_000 : 15_000)
      // All that the page keeps: as many lines as it takes.
      await page.waitForFunction(
        (lines) =>
          Number(document.querySelector('[role=treegrid]')?.getAttribute('aria-rowcount')) >= lines,
        held,
        { timeout: 180_000, polling: 1_000 },
      )
      const scrolling = framesDuring(page, isShort ? 3_000 : 10_000)
      await scrollBackAndForth(page, isShort ? 3_000 : 10_000)
      return [
        framesFigure(`frames while following ${perSecond.toLocaleString('en')} lines/s`, following),
        framesFigure(
          `frames while scrolling through ${held.toLocaleString('en')} lines, still printing`,
          await scrolling,
        ),
      ]
    } finally {
      await page.close()
      await host.stop()
    }
  })
}

/** Two hundred servers that change their state ten times a second, and a person who types into the filter. */
async function measureStates(browser: Browser, forMs: number): Promise<readonly Figure[]> {
  const host = await startSyntheticHost(rendererDir, 200, 10)
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  try {
    await page.goto(host.url)
    await page.getByRole('heading', { name: 'Servers', level: 1 }).waitFor()
    const frames = await framesDuring(page, forMs)
    await page.keyboard.press('/')
    const latencies: number[] = []
    for (const key of 'server-1 server-2 server-3'.repeat(2)) {
      latencies.push(await keyLatency(page, key))
    }
    const what = '200 servers, 10 changes a second each (made up)'
    return [
      framesFigure(`${what}: frames`, frames),
      {
        what: `${what}: from a key to its frame, p50 / p95`,
        value: `${Math.round(quantile(latencies, 0.5))} / ${Math.round(quantile(latencies, 0.95))} ms`,
        bound: '50 ms',
      },
    ]
  } finally {
    await page.close()
    await host.close()
  }
}

/** The time between any two frames that the page draws, in milliseconds. */
async function framesDuring(page: Page, forMs: number): Promise<readonly number[]> {
  return await page.evaluate(
    (until) =>
      new Promise<number[]>((resolve) => {
        const gaps: number[] = []
        const startedAt = performance.now()
        let last = startedAt
        const frame = (now: number): void => {
          gaps.push(now - last)
          last = now
          if (now - startedAt < until) requestAnimationFrame(frame)
          else resolve(gaps.slice(1))
        }
        requestAnimationFrame(frame)
      }),
    forMs,
  )
}

async function scrollBackAndForth(page: Page, forMs: number): Promise<void> {
  await page.getByRole('treegrid').hover()
  const startedAt = performance.now()
  for (let step = 0; performance.now() - startedAt < forMs; step += 1) {
    await page.mouse.wheel(0, step % 60 < 45 ? -1_600 : 1_600)
  }
}

/** From a key to the end of the next frame, measured in the page, so that the driver's way is not in it. */
async function keyLatency(page: Page, key: string): Promise<number> {
  await page.evaluate(() => {
    document.addEventListener(
      'keydown',
      (event) => {
        requestAnimationFrame(() => {
          const channel = new MessageChannel()
          // After the frame: a message is handled once the page has been drawn.
          channel.port1.addEventListener('message', () => {
            document.documentElement.dataset['latency'] = String(
              performance.now() - event.timeStamp,
            )
          })
          channel.port1.start()
          channel.port2.postMessage(null)
        })
      },
      { once: true, capture: true },
    )
    delete document.documentElement.dataset['latency']
  })
  await page.keyboard.press(key === ' ' ? 'Space' : key)
  await page.waitForFunction(() => document.documentElement.dataset['latency'] !== undefined)
  return Number(await page.evaluate(() => document.documentElement.dataset['latency']))
}

function framesFigure(what: string, gaps: readonly number[]): Figure {
  const total = gaps.reduce((sum, gap) => sum + gap, 0)
  const perSecond = Math.round((gaps.length / total) * 1_000)
  return {
    what,
    value: `${perSecond} per second; p50 ${quantile(gaps, 0.5).toFixed(1)}, p95 ${quantile(gaps, 0.95).toFixed(1)}, worst ${Math.max(...gaps).toFixed(0)} ms`,
    bound: '60 per second',
  }
}

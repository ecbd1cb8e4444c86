/** Finds the browsers of this machine; Debian's Chromium is installed when there is none and we may. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

/** Software WebGL, and no traffic of the browser's own. */
const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--hide-scrollbars',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
]

const CHROMIUM_PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const FIREFOX_PATHS = ['/usr/bin/firefox-esr', '/usr/bin/firefox']

/** The path of Chromium (CITYTWIN_CHROMIUM, else the usual places), installing it when we are root on Debian; undefined when it is not to be had. */
export function findChromium(): string | undefined {
  const path = firstPresent([process.env.CITYTWIN_CHROMIUM ?? '', ...CHROMIUM_PATHS])
  if (path !== undefined) return path
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined
  console.log('Installing Chromium from Debian for the tests in a browser …')
  const apt = (args: string[]) =>
    spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', '-qq', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  apt(['update'])
  apt(['install', '-y', '--no-install-recommends', 'chromium'])
  return firstPresent(CHROMIUM_PATHS)
}

/** The path of Firefox (CITYTWIN_FIREFOX, else the usual places), or undefined. */
export function findFirefox(): string | undefined {
  return firstPresent([process.env.CITYTWIN_FIREFOX ?? '', ...FIREFOX_PATHS])
}

export function launchChromium(path: string): Promise<Browser> {
  return chromium.launch({ executablePath: path, args: CHROMIUM_FLAGS })
}

function firstPresent(paths: readonly string[]): string | undefined {
  return paths.find((path) => path !== '' && existsSync(path))
}

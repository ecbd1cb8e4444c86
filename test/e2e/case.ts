/** What an end-to-end case is given and gives. */
import type { Browser, Page } from 'playwright-core'
export type { TestHook } from '../../client/map/testHook.ts' // declares window.citytwin

export interface EndToEnd {
  /** Of the server under test, without a slash at the end. */
  readonly address: string
  readonly browser: Browser
  /** Opens a page that is watched: any console error and any request off this machine fails the case. */
  open(path: string, width: number, height: number): Promise<Page>
  /** The same of another server, of the case's own. */
  openAt(address: string, path: string, width: number, height: number): Promise<Page>
  /** Ends something of the case's own, as a server, once its pages are closed. */
  after(end: () => Promise<unknown>): void
}

export interface Case {
  /** A fact, as of every test. */
  readonly name: string
  /** Milliseconds it may take; two minutes when left out. */
  readonly limitMs?: number
  /**
   * 'beside': mostly waits, so that it runs beside others; 'alone': measures times, so that it runs when nothing else does; 'long':
   * lives minutes or whole runs of a city, so that it runs only when its file is named, or by `npm run prove -- browser`.
   */
  readonly when?: 'beside' | 'alone' | 'long'
  /** It looks at what is drawn, or at how long drawing takes: its pages draw all of it, and not one triangle of each call. */
  readonly looks?: true
  /** Why it cannot run on this machine; undefined when it can. */
  readonly skip?: () => string | undefined
  /** Console errors that belong to it: a browser logs every answer that is a refusal. */
  readonly mayLog?: RegExp
  run(given: EndToEnd): Promise<void>
}

export interface FirefoxCase {
  readonly name: string
  run(address: string, firefoxPath: string): Promise<void>
}

/** Throws with `fact` when it does not hold. */
export function expectThat(holds: boolean, fact: string): void {
  if (!holds) throw new Error(`expected: ${fact}`)
}

/** A source that is fetched late hears all that was said to it, in order; one that cannot be fetched is a lost line. */
import { expect, test } from 'vitest'
import type { FrameSource, SourceStatus } from '../../../client/source/frameSource.ts'
import { lazySource } from '../../../client/source/lazySource.ts'

function written(heard: string[]): FrameSource {
  return {
    open: () => heard.push('open'),
    watch: (stream) => heard.push(`watch ${stream}`),
    unwatch: (stream) => heard.push(`unwatch ${stream}`),
    drawn: (stream, seq) => heard.push(`drawn ${stream} ${seq}`),
    fileRequest: () => Promise.resolve({ ok: true, request: 7 }),
    comment: () => Promise.resolve({ ok: true, filedMs: 0 }),
    exercise: () => Promise.resolve({ ok: true, untilMs: 0 }),
    handleAlarm: () => Promise.resolve({ ok: true, atMs: 0 }),
    actAtDesk: () => Promise.resolve({ ok: true, atMs: 0 }),
    startScenario: () => Promise.resolve({ ok: true, id: 'a' }),
    startEnsemble: () => Promise.resolve({ ok: true, id: 'a' }),
    respond: () => Promise.resolve({ ok: true, id: 'a' }),
    drill: () => Promise.resolve({ ok: true, id: 'a' }),
    stopEnsemble: () => Promise.resolve({ ok: true }),
    askPreliminary: () => Promise.resolve({ ok: false, error: 'none' }),
    ensemblePlaces: () => Promise.resolve({ ok: true, pairs: 0, deflated: '' }),
    playStory: () => Promise.resolve({ ok: true, id: 'b' }),
    stopScenario: () => Promise.resolve({ ok: true }),
    close: () => heard.push('close'),
  }
}

const listener = (told: SourceStatus[]) => ({
  status: (status: SourceStatus) => void told.push(status),
  frame: () => true,
})

test('is fetched once, when opened, and then hears everything in order', async () => {
  const heard: string[] = []
  let fetches = 0
  const source = lazySource(() => {
    fetches++
    return Promise.resolve(written(heard))
  })
  source.watch('live')
  expect(fetches).toBe(0)
  const filed = source.fileRequest({ clientId: '', serviceCode: '', lng: 0, lat: 0, description: '' })
  source.open(listener([]))
  source.drawn('live', 3)
  expect(await filed).toEqual({ ok: true, request: 7 })
  expect(fetches).toBe(1)
  expect([...heard].sort()).toEqual(['drawn live 3', 'open', 'watch live'])
  source.close()
  source.watch('late')
  await Promise.resolve()
  await Promise.resolve()
  expect(heard.slice(3)).toEqual(['close'])
})

test('that cannot be fetched says that the line is lost', async () => {
  const told: SourceStatus[] = []
  const source = lazySource(() => Promise.reject(new Error('no network')))
  source.open(listener(told))
  await expect.poll(() => told.at(-1)?.state).toBe('lost')
  await expect(source.stopScenario('a')).rejects.toThrow('no network')
})

/** Settings: what they are when nothing is said, and how wrong ones are refused. */
import { describe, expect, it } from 'vitest'
import { asksForHelp, ConfigError, helpText, readConfig } from '../../server/config.ts'

const cities = ['astana', 'montevideo']

describe('settings', () => {
  it('are the documented ones when nothing is said', () => {
    expect(readConfig([], {}, cities)).toEqual({
      port: 4400,
      host: '127.0.0.1',
      cityId: 'montevideo',
      atS: undefined,
      date: undefined,
      speed: 1,
      framesPerS: 1,
      seed: undefined,
      buildsPage: true,
      stateFolder: '.cache/state',
      databaseUrl: undefined,
      doors: { isOpen: false, trustedProxies: 0, base: '', socketsPerAddress: Infinity },
      log: 'embedded',
      keepHours: 24,
      keepBytes: 4e9,
      forecastMembers: undefined,
      feedsFile: undefined,
    })
  })

  it('come from flags and the environment, flags first', () => {
    const argv = ['--city', 'astana', '--at', '18:05', '--speed', '2.5', '--seed=7', '--lan', '--no-build']
    const env = {
      PORT: '8080',
      CITYTWIN_CITY: 'montevideo',
      CITYTWIN_STATE: '/tmp/x',
      CITYTWIN_FRAMES_PER_S: '5',
      DATABASE_URL: 'postgresql://db/city',
    }
    expect(readConfig(argv, env, cities)).toEqual({
      port: 8080,
      host: '0.0.0.0',
      cityId: 'astana',
      atS: 18 * 3600 + 300,
      date: undefined,
      speed: 2.5,
      framesPerS: 5,
      seed: 7,
      buildsPage: false,
      stateFolder: '/tmp/x',
      databaseUrl: 'postgresql://db/city',
      doors: { isOpen: true, trustedProxies: 0, base: '', socketsPerAddress: 200 },
      log: 'embedded',
      keepHours: 24,
      keepBytes: 4e9,
      forecastMembers: undefined,
      feedsFile: undefined,
    })
  })

  it('begin at a clock time of a day that is named, and of none that the calendar has not', () => {
    expect(readConfig(['--at', '2026-11-27T18:05'], {}, cities)).toMatchObject({
      atS: 18 * 3600 + 300,
      date: '2026-11-27',
    })
    for (const at of ['2026-06-31T18:00', '2026-13-01T18:00', '2026-11-27', '2026-11-27T24:00'])
      expect(() => readConfig(['--at', at], {}, cities), at).toThrow(ConfigError)
  })

  it('behind a proxy say how many there are and under which path, and are open without --lan', () => {
    const env = { CITYTWIN_TRUST_PROXY: '1', CITYTWIN_BASE: '/city/twin/', CITYTWIN_SOCKETS_PER_ADDRESS: '7' }
    expect(readConfig([], env, cities)).toMatchObject({
      host: '127.0.0.1',
      doors: { isOpen: true, trustedProxies: 1, base: '/city/twin', socketsPerAddress: 7 },
    })
  })

  it('fall back to the first city where there is no Montevideo', () => {
    expect(readConfig([], {}, ['monaco']).cityId).toBe('monaco')
  })

  it.each<[string, string[], Record<string, string>, string]>([
    ['a port that is a word', [], { PORT: 'http' }, 'PORT is "http", expected a whole number'],
    ['a port out of range', [], { PORT: '70000' }, 'PORT is "70000"'],
    ['an unknown city', ['--city', 'atlantis'], {}, 'There is no city called "atlantis"; there are: astana'],
    ['a clock time without minutes', ['--at', '18'], {}, '--at is "18", expected a clock time such as 18:00'],
    ['an hour that is none', ['--at', '24:00'], {}, '--at is "24:00"'],
    ['a speed of nothing', ['--speed', '0'], {}, '--speed is "0", expected a number from 0.1 to 1000'],
    ['a speed that is a word', ['--speed', 'fast'], {}, '--speed is "fast"'],
    ['a negative seed', ['--seed', '-1'], {}, 'Flags are --city NAME'],
    ['proxies that are a yes', [], { CITYTWIN_TRUST_PROXY: 'yes' }, 'CITYTWIN_TRUST_PROXY is "yes"'],
    ['a base that is no path', [], { CITYTWIN_BASE: 'citytwin' }, 'CITYTWIN_BASE is "citytwin"'],
    ['an unknown flag', ['--fast'], {}, "Unknown option '--fast'. Flags are --city NAME"],
    ['a stray word', ['montevideo'], {}, 'Flags are --city NAME'],
  ])('%s is refused with a sentence', (_case, argv, env, sentence) => {
    expect(() => readConfig(argv, env, cities)).toThrow(ConfigError)
    expect(() => readConfig(argv, env, cities)).toThrow(sentence)
  })

  it('are all in the text of help, with the cities there are', () => {
    const text = helpText(cities)
    for (const flag of ['--city', '--at', '--speed', '--seed', '--lan', '--no-build', ...cities])
      expect(text).toContain(flag)
    expect(asksForHelp(['--lan', '--help'])).toBe(true)
    expect(asksForHelp(['--lan'])).toBe(false)
  })

  it('without any city say how to make one', () => {
    expect(() => readConfig([], {}, [])).toThrow('npm run city')
  })
})

/** Tokens, the file that keeps them, and the sessions they give. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sessionCookie, sessionsIn } from '../../../server/access/session.ts'
import { findToken, makeToken } from '../../../server/access/token.ts'
import { TokenFile, type KeptAccess } from '../../../server/access/tokenFile.ts'
import { manageAccess } from '../../../server/commands/access.ts'

const DAY_MS = 86_400_000
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'citytwin-access-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('a token', () => {
  it('has 192 random bits, and no two are alike', () => {
    const texts = Array.from({ length: 100 }, () => makeToken('planner', '', 0).text)
    expect(new Set(texts.map((text) => text.split('.')[1])).size).toBe(100)
    expect(Buffer.from(texts[0].split('.')[1], 'base64url').length * 8).toBe(192)
  })

  it('is found by its text, and by nothing else', () => {
    const [one, other] = [makeToken('planner', '', 0), makeToken('wall', '', 0)]
    const kept = [one.kept, other.kept]
    expect(findToken(kept, ` ${one.text}\n`)).toBe(one.kept)
    const [id] = one.text.split('.')
    const [, secret] = other.text.split('.')
    for (const wrong of [`${id}.${secret}`, id, '', `${one.text}x`, one.kept.hash, `00000000.${secret}`])
      expect(findToken(kept, wrong)).toBeUndefined()
  })
})

describe('the file of tokens', () => {
  it('holds hashes only, and opens to its owner only', () => {
    const file = new TokenFile(folder)
    const { text, kept } = makeToken('wall', 'the big one', 0)
    file.write([kept])
    expect(statSync(file.path).mode & 0o777).toBe(0o600)
    expect(readFileSync(file.path, 'utf8')).not.toContain(text.split('.')[1])
    expect(new TokenFile(folder).kept?.tokens).toEqual([kept])
  })

  it('is read again when another process has changed it, and holds nothing when it is gone', () => {
    const file = new TokenFile(folder)
    expect(file.refresh()).toBe(false)
    new TokenFile(folder).write([makeToken('wall', '', 0).kept])
    expect([file.refresh(), file.refresh(), file.kept?.tokens.length]).toEqual([true, false, 1])
    rmSync(file.path)
    expect([file.refresh(), file.kept]).toEqual([true, undefined])
  })

  it.each([
    ['half a file', '{"version": 1', 'is not JSON'],
    ['another version', '{"version": 2, "sessionKey": "x", "tokens": []}', 'version'],
    [
      'a role there is not',
      '{"version":1,"sessionKey":"aaaaaaaaaaaaaaaaaaaaaa","tokens":[{"role":"king"}]}',
      'tokens.0',
    ],
  ])('that is %s is refused, and nothing of it is shown', (_case, text, sentence) => {
    writeFileSync(join(folder, 'access.json'), text)
    expect(() => new TokenFile(folder)).toThrow(sentence)
  })
})

describe('a session', () => {
  const token = makeToken('planner', '', 0).kept
  const kept: KeptAccess = { sessionKey: 'k'.repeat(43), tokens: [token] }
  const cookie = sessionCookie(kept, token, 0, '/twin', true)
  const value = cookie.split(';')[0]

  it('is kept from scripts and from other pages', () => {
    expect(cookie).toContain('; Path=/twin/; HttpOnly; SameSite=Lax; Secure')
  })

  it('holds until its time is over, among other cookies', () => {
    const [session] = sessionsIn(kept, `a=b; ${value}; c`, 7 * DAY_MS - 1)
    expect(session).toMatchObject({ tokenId: token.id, role: 'planner' })
    expect(sessionsIn(kept, value, 7 * DAY_MS)).toEqual([])
  })

  it('ends with its token, and with the key it was signed with', () => {
    expect(sessionsIn({ ...kept, tokens: [] }, value, 0)).toEqual([])
    expect(sessionsIn({ ...kept, sessionKey: 'l'.repeat(43) }, value, 0)).toEqual([])
  })

  it('cannot be made longer or another role', () => {
    const [id, expires, signed] = value.split('=')[1].split('.')
    const later = `citytwin-planner=${id}.${Number(expires) + 1}.${signed}`
    for (const forged of [later, value.replace('planner', 'wall'), `${value}x`, 'citytwin-planner=', ''])
      expect(sessionsIn(kept, forged, 0)).toEqual([])
  })
})

describe('npm run access', () => {
  it('makes, lists and revokes', () => {
    expect(manageAccess(['list'], folder, 0)).toEqual(['There is no token.'])
    const [, text, link] = manageAccess(['add', 'wall', '--name', 'Room 3'], folder, 0)
    const id = text.split('.')[0]
    expect(link).toBe(`/wall#token=${text}`)
    expect(manageAccess(['list'], folder, 0)).toEqual([`${id}  wall     1970-01-01T00:00Z  Room 3`])
    expect(findToken(new TokenFile(folder).kept?.tokens ?? [], text)?.id).toBe(id)
    manageAccess(['revoke', id], folder, 0)
    expect(new TokenFile(folder).kept?.tokens).toEqual([])
  })

  it.each([
    [['add']],
    [['add', 'king']],
    [['revoke', 'deadbeef']],
    [['list', 'all']],
    [[]],
    [['add', 'wall', '--age', '3']],
  ])('answers %j with what it can do', (argv) =>
    expect(() => manageAccess(argv, folder, 0)).toThrow('npm run access -- '),
  )
})

/** The embedded log: what is acknowledged stays, in order and unchanged, through crashes, full disks and retention. */
import { spawn } from 'node:child_process'
import { appendFileSync, readdirSync, readFileSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UnreadableLog, WrongHead, type LogRecord } from '../../../../server/history/log/log.ts'
import { openSegmentLog, type SegmentLogOptions } from '../../../../server/history/log/segmentLog.ts'
import { tempFolder } from '../../fixtures/tempFolder.ts'

const bytesOf = (seq: number, length = 10) => Uint8Array.from({ length }, (_, i) => (seq * 31 + i) & 255)
const clock = () => 1000

async function opened(folder: string, options: Partial<SegmentLogOptions> = {}) {
  return openSegmentLog({ folder, nowMs: clock, ...options })
}

async function filled(folder: string, count: number, options: Partial<SegmentLogOptions> = {}) {
  const log = await opened(folder, options)
  for (let seq = 1; seq <= count; seq++) await log.append(seq, bytesOf(seq), seq - 1)
  return log
}

const segmentsIn = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.seg'))
const plain = (records: readonly LogRecord[]) => records.map(({ seq, bytes }) => [seq, [...bytes]])
const expected = (first: number, last: number) =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => [first + i, [...bytesOf(first + i)]])

describe('the embedded log', () => {
  it('gives back what was appended, over segments and after it was closed', async () => {
    const folder = tempFolder()
    const log = await filled(folder, 50, { segmentBytes: 200 })
    expect(segmentsIn(folder).length).toBeGreaterThan(5)
    expect(plain(await log.range(7, 33))).toEqual(expected(7, 33))
    await log.close()
    const again = await opened(folder)
    expect([await again.oldest(), await again.head()]).toEqual([1, 50])
    expect(plain(await again.range(1, 50))).toEqual(expected(1, 50))
    await again.close()
  })

  it('refuses an append that expects another last record, and changes nothing', async () => {
    const log = await filled(tempFolder(), 3)
    await expect(log.append(3, bytesOf(9), 2)).rejects.toThrow(WrongHead)
    await expect(log.append(5, bytesOf(9), 4)).rejects.toThrow(WrongHead)
    expect(plain(await log.range(1, 9))).toEqual(expected(1, 3))
    await log.append(4, bytesOf(4), 3)
    expect(await log.head()).toBe(4)
    await log.close()
  })

  it('of two writers that race for one place lets exactly one in', async () => {
    const log = await filled(tempFolder(), 2)
    const tries = await Promise.allSettled([log.append(3, bytesOf(3), 2), log.append(3, bytesOf(8), 2)])
    expect(tries.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    await log.close()
  })

  it('refuses the first process when a second has opened the folder and written', async () => {
    const folder = tempFolder()
    const first = await filled(folder, 3)
    const second = await opened(folder)
    await second.append(4, bytesOf(4), 3)
    await expect(first.append(4, bytesOf(9), 3)).rejects.toThrow(WrongHead)
    await second.append(5, bytesOf(5), 4)
    expect(plain(await second.range(1, 9))).toEqual(expected(1, 5))
    await Promise.all([first.close(), second.close()])
  })

  it('cuts a torn last record off, wherever it was torn, and loses nothing before it', async () => {
    const folder = tempFolder()
    const log = await filled(folder, 4)
    await log.close()
    const path = join(folder, segmentsIn(folder)[0])
    const whole = readFileSync(path)
    for (let cut = 1; cut < 26; cut++) {
      writeFileSync(path, whole.subarray(0, whole.length - cut))
      const again = await opened(folder)
      expect(plain(await again.range(1, 9))).toEqual(expected(1, 3))
      await again.append(4, bytesOf(4), 3)
      expect(plain(await again.range(1, 9))).toEqual(expected(1, 4))
      await again.close()
    }
  })

  it('puts by what lies behind a damaged record instead of dropping it', async () => {
    const folder = tempFolder()
    await (await filled(folder, 4)).close()
    const path = join(folder, segmentsIn(folder)[0])
    const bytes = readFileSync(path)
    bytes[24 + 26 + 20] ^= 1
    writeFileSync(path, bytes)
    const again = await opened(folder)
    expect(await again.head()).toBe(1)
    expect(readFileSync(`${path}.damaged`).length).toBe(3 * 26)
    await again.close()
  })

  it('whose header counts from a damaged number is refused instead of counted through', async () => {
    const folder = tempFolder()
    await (await filled(folder, 3)).close()
    const path = join(folder, segmentsIn(folder)[0])
    const bytes = readFileSync(path)
    for (const number of [2 ** 60, NaN, -5, 2]) {
      bytes.writeDoubleLE(number, 8)
      writeFileSync(path, bytes)
      await expect(opened(folder)).rejects.toThrow(UnreadableLog)
    }
  })

  it('of another version is refused with a sentence and left as it is', async () => {
    const folder = tempFolder()
    await (await filled(folder, 2)).close()
    const path = join(folder, segmentsIn(folder)[0])
    const bytes = readFileSync(path)
    bytes[4] = 9
    writeFileSync(path, bytes)
    await expect(opened(folder)).rejects.toThrow(UnreadableLog)
    await expect(opened(folder)).rejects.toThrow(/version 9.*reads version 1/)
    expect(readFileSync(path).equals(bytes)).toBe(true)
  })

  it('needs no index: one that is missing or broken is made anew', async () => {
    const folder = tempFolder()
    await (await filled(folder, 40, { segmentBytes: 200 })).close()
    const indexes = readdirSync(folder).filter((name) => name.endsWith('.idx'))
    unlinkSync(join(folder, indexes[0]))
    truncateSync(join(folder, indexes[1]), 20)
    const again = await opened(folder)
    expect(plain(await again.range(1, 40))).toEqual(expected(1, 40))
    await again.close()
  })

  it('on a full disk refuses, keeps what it has, and goes on when there is room', async () => {
    const folder = tempFolder()
    let room = 300
    const log = await opened(folder, {
      write: async (file, bytes, at) => {
        const fitting = Math.min(room, bytes.length)
        room -= fitting
        await file.write(bytes, 0, fitting, at)
        if (fitting < bytes.length)
          throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
      },
    })
    let last = 0
    while (
      await log.append(last + 1, bytesOf(last + 1), last).then(
        () => true,
        () => false,
      )
    )
      last++
    expect(last).toBeGreaterThan(5)
    await expect(log.append(last + 1, bytesOf(last + 1), last)).rejects.toThrow('no space')
    expect(plain(await log.range(1, 99))).toEqual(expected(1, last))
    room = 1000
    await log.append(last + 1, bytesOf(last + 1), last)
    await log.close()
    const again = await opened(folder)
    expect(plain(await again.range(1, 99))).toEqual(expected(1, last + 1))
    await again.close()
  })

  it('lets old segments go whole, by age and by size, and never the newest', async () => {
    const folder = tempFolder()
    let nowMs = 0
    const log = await opened(folder, { nowMs: () => nowMs, segmentMs: 100, keepMs: 350 })
    for (let seq = 1; seq <= 40; seq++, nowMs += 25) await log.append(seq, bytesOf(seq), seq - 1)
    await log.trim()
    const oldest = await log.oldest()
    expect(oldest).toBeGreaterThan(20)
    expect(oldest).toBeLessThanOrEqual(40 - 350 / 25)
    expect(plain(await log.range(1, 40))).toEqual(expected(oldest, 40))
    nowMs += 1e6
    await log.trim()
    expect(segmentsIn(folder).length).toBe(1)
    await log.close()
    const small = await filled(tempFolder(), 100, { segmentBytes: 200, keepBytes: 600 })
    await small.trim()
    expect(small.bytes).toBeLessThanOrEqual(600)
    expect((await small.range(1, 100)).at(-1)?.seq).toBe(100)
    await small.close()
  })

  it('tells who follows everything from where they began, old and new, once and in order', async () => {
    const log = await filled(tempFolder(), 5, { segmentBytes: 300 })
    const heard: number[] = []
    const following = (async () => {
      for await (const { seq } of log.tail(3)) heard.push(seq)
    })()
    for (let seq = 6; seq <= 150; seq++) await log.append(seq, bytesOf(seq), seq - 1)
    while (heard.at(-1) !== 150) await new Promise((resolve) => setImmediate(resolve))
    await log.close()
    await following
    expect(heard).toEqual(Array.from({ length: 148 }, (_, i) => i + 3))
  })

  it('loses nothing that was acknowledged to a process killed in the middle of its work, three times over', async () => {
    const folder = tempFolder()
    let acknowledged = 0
    for (let life = 0; life < 3; life++) {
      const child = spawn(process.execPath, [join(import.meta.dirname, '../../fixtures/appender.ts'), folder])
      let said = ''
      child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
      while (said.length < 1000) await new Promise((resolve) => setTimeout(resolve, 20))
      const ended = new Promise((resolve) => child.once('close', resolve))
      child.kill('SIGKILL')
      await ended
      // the last line may be half said
      acknowledged = Number(said.split('\n').at(-2))
      const log = await opened(folder)
      const records = await log.range(1, 1e6)
      expect(records.length).toBeGreaterThanOrEqual(acknowledged)
      for (const { seq, bytes } of records)
        expect(Buffer.compare(bytes, Buffer.alloc(3000, String(seq)))).toBe(0)
      expect(records.map(({ seq }) => seq)).toEqual(Array.from({ length: records.length }, (_, i) => i + 1))
      await log.close()
    }
    expect(acknowledged).toBeGreaterThan(300)
  })

  it('keeps, whatever appends, crashes and retention come in whatever order, exactly what it acknowledged and did not let go', async () => {
    const action = fc.oneof(
      { weight: 6, arbitrary: fc.record({ do: fc.constant('append' as const), length: fc.nat(60) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('trim' as const) }) },
      {
        weight: 1,
        arbitrary: fc.record({ do: fc.constant('wrong' as const), by: fc.integer({ min: 1, max: 5 }) }),
      },
      // killed in the middle of a write: some bytes of a record, or of nothing, lie at the end
      {
        weight: 2,
        arbitrary: fc.record({ do: fc.constant('crash' as const), torn: fc.uint8Array({ maxLength: 40 }) }),
      },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 40 }), async (actions) => {
        const folder = tempFolder()
        let nowMs = 0
        const options = { nowMs: () => nowMs, segmentBytes: 150, segmentMs: 50, keepMs: 200, keepBytes: 900 }
        let log = await opened(folder, options)
        const kept: number[][] = []
        for (const each of actions) {
          nowMs += 10
          if (each.do === 'append') {
            const bytes = bytesOf(kept.length + 1, each.length)
            await log.append(kept.length + 1, bytes, kept.length)
            kept.push([...bytes])
          } else if (each.do === 'trim') await log.trim()
          else if (each.do === 'wrong')
            await expect(
              log.append(kept.length + 1 + each.by, bytesOf(0), kept.length + each.by),
            ).rejects.toThrow()
          else {
            // a killed process closes nothing; what it had opened is let go by the system
            await log.close()
            const newest = segmentsIn(folder).at(-1)
            if (newest !== undefined) appendFileSync(join(folder, newest), each.torn)
            log = await opened(folder, options)
          }
          expect(await log.head()).toBe(kept.length)
          const oldest = await log.oldest()
          expect(plain(await log.range(0, 1e6))).toEqual(
            kept.slice(oldest - 1).map((bytes, i) => [oldest + i, bytes]),
          )
        }
        await log.close()
      }),
      { numRuns: 60, seed: 7 },
    )
  })
})

/** What a check of one standard comes to. */

export interface Finding {
  readonly standard: string
  /** The published rules, schemas or tests that were held against it. */
  readonly by: string
  /** How many things were held against them: entities, requests, values. */
  readonly checked: number
  /** In words, each with what came and what was due. */
  readonly failures: readonly string[]
  /** Why it was not run. */
  readonly skipped?: string
}

/** Reads from the server under test. */
export interface Surface {
  readonly address: string
  json<T>(path: string): Promise<T>
  bytes(path: string): Promise<Uint8Array>
}

export function surfaceAt(address: string): Surface {
  const get = async (path: string): Promise<Response> => {
    const answer = await fetch(path.startsWith('http') ? path : `${address}${path}`)
    if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}, 200 was due`)
    return answer
  }
  return {
    address,
    json: async <T>(path: string) => (await (await get(path)).json()) as T,
    bytes: async (path) => new Uint8Array(await (await get(path)).arrayBuffer()),
  }
}

/** Collects what does not hold. */
export class Failures {
  readonly all: string[] = []
  checked = 0

  expect(holds: boolean, fact: string): void {
    this.checked++
    if (!holds) this.all.push(fact)
  }
}

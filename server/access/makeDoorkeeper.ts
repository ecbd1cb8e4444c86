/** The doorkeeper as the settings ask for it; a file of tokens that cannot be read is a setting that cannot be. */
import { resolve } from 'node:path'
import { ConfigError, type Config } from '../config.ts'
import { Doorkeeper } from './doorkeeper.ts'
import { TokenFile } from './tokenFile.ts'

export function makeDoorkeeper({ doors, stateFolder }: Config, log: (line: string) => void): Doorkeeper {
  if (!doors.isOpen) return new Doorkeeper(doors, undefined, log)
  try {
    return new Doorkeeper(doors, new TokenFile(resolve(stateFolder)), log)
  } catch (error) {
    throw new ConfigError((error as Error).message, { cause: error })
  }
}

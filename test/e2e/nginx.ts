/** Debian's nginx as a proxy with TLS, run from a folder of its own with the configuration that `public/docs/server.md` gives. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './server.ts'

const NGINX_PATHS = ['/usr/sbin/nginx', '/usr/bin/nginx']
const OPENSSL_PATHS = ['/usr/bin/openssl']
const guide = join(import.meta.dirname, '../../public/docs/server.md')

/** Why there can be no proxy on this machine; undefined when there can. */
export function noNginx(): string | undefined {
  if (!NGINX_PATHS.some((path) => existsSync(path)))
    return 'there is no nginx (Debian: apt-get install nginx)'
  return OPENSSL_PATHS.some((path) => existsSync(path))
    ? undefined
    : 'there is no openssl to make a certificate'
}

export interface Proxy {
  /** https, with a certificate that nobody vouches for. */
  readonly address: string
  stop(): Promise<void>
}

/** A proxy before the server at `port`, as documented but for port and certificate. */
export async function startProxy(port: number): Promise<Proxy> {
  const folder = mkdtempSync(join(tmpdir(), 'citytwin-nginx-'))
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const made = spawnSync(
    'openssl',
    `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost`
      .split(' ')
      .concat('-keyout', key, '-out', certificate),
  )
  if (made.status !== 0) throw new Error(`openssl: ${made.stderr.toString()}`)
  const proxyPort = await freePort()
  const documented = /```nginx\n([\s\S]*?)```/.exec(readFileSync(guide, 'utf8'))?.[1] ?? ''
  const site = documented
    .replace('listen 443 ssl', `listen 127.0.0.1:${proxyPort} ssl`)
    .replace(/ssl_certificate .*;/, `ssl_certificate ${certificate};`)
    .replace(/ssl_certificate_key .*;/, `ssl_certificate_key ${key};`)
    .replace('127.0.0.1:4400', `127.0.0.1:${port}`)
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  )
  // its workers are another user when it is root, who could not read the folder
  const user = process.getuid?.() === 0 ? 'user root;' : ''
  const config = `${user}
    daemon off; pid ${folder}/pid; error_log ${folder}/error.log;
    events { worker_connections 512; }
    http { access_log off; ${temporary.join(' ')}
    ${site} }`
  writeFileSync(join(folder, 'nginx.conf'), config)
  const child = spawn(NGINX_PATHS.find((path) => existsSync(path)) ?? 'nginx', [
    '-p',
    folder,
    '-c',
    join(folder, 'nginx.conf'),
    '-e',
    join(folder, 'error.log'),
  ])
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const stop = async () => {
    child.kill('SIGQUIT')
    setTimeout(() => child.kill('SIGTERM'), 1000).unref()
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  for (let i = 0; !existsSync(join(folder, 'pid')); i++) {
    if (i > 100 || child.exitCode !== null) {
      await stop()
      throw new Error(`nginx did not start: ${said}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return { address: `https://localhost:${proxyPort}`, stop }
}

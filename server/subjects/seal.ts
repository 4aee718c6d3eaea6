import { createCipheriv, createDecipheriv } from 'node:crypto'

const CIPHER = 'aes-256-gcm'
const NONCE = 12
const TAG = 16
export const KEY_BYTES = 32

/** Nonce, tag and ciphertext in one. The id is authenticated with it: a row moved to another person does not open. */
export function seal(
  plain: string,
  { key, id, nonce }: { key: Buffer; id: string; nonce: Buffer },
) {
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(id))
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body])
}
export const newNonce = (random: (bytes: number) => Buffer) => random(NONCE)

/** Throws where the key is another one, or a byte was changed. */
export function unseal(sealed: Buffer, { key, id }: { key: Buffer; id: string }): string {
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE), { authTagLength: TAG })
    .setAAD(Buffer.from(id))
    .setAuthTag(sealed.subarray(NONCE, NONCE + TAG))
  return Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()]).toString()
}

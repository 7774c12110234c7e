// usage: node tools/wycheproof.mjs CHECKOUT COMMIT      Writes testdata/wycheproof anew.
//
// CHECKOUT is one of https://github.com/C2SP/wycheproof, at COMMIT. Of each file that concerns the
// protocol's primitives the tests are kept whole in what they compute with; sizes, comments and other
// encodings of the same key are not.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const [checkout, commit] = process.argv.slice(2);
const out = new URL('../testdata/wycheproof', import.meta.url).pathname;

/** The fields of each file's tests, in their order; `key` of a signature is its group's. */
const FIELDS = {
  a256cbc_hs512: ['key', 'iv', 'aad', 'msg', 'ct', 'tag'],
  aes_cbc_pkcs5: ['key', 'iv', 'msg', 'ct'],
  ed25519: ['key', 'msg', 'sig'],
  hkdf_sha256: ['ikm', 'salt', 'info', 'size', 'okm'],
  hmac_sha256: ['key', 'msg', 'tag'],
  hmac_sha512: ['key', 'msg', 'tag'],
  pbkdf2_hmacsha256: ['password', 'salt', 'iterationCount', 'dk'],
  x25519: ['public', 'private', 'shared'],
};

for (const [name, fields] of Object.entries(FIELDS)) {
  const file = `testvectors_v1/${name}_test.json`;
  const { testGroups, numberOfTests } = JSON.parse(await readFile(join(checkout, file), 'utf8'));
  const tests = testGroups.flatMap(group => group.tests.map(test => ({ key: group.publicKey?.pk, ...test })));
  if (tests.length !== numberOfTests)
    throw new Error(`${file} has ${tests.length} of ${numberOfTests} tests`);
  const lines = tests.map(test => {
    const missing = fields.find(field => test[field] === undefined);
    if (missing) throw new Error(`${file}, ${test.tcId}: there is no ${missing}`);
    return JSON.stringify(test, ['tcId', 'flags', ...fields, 'result']);
  });
  const source = `https://github.com/C2SP/wycheproof/blob/${commit}/${file}, shortened; Apache-2.0`;
  const text = `{\n"source": ${JSON.stringify(source)},\n"tests": [\n${lines.join(',\n')}\n]\n}\n`;
  await writeFile(join(out, `${name}.json`), text);
}

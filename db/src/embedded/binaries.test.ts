import { describe, expect, it } from 'vitest';
import { findBinaries, majorVersion } from './binaries.ts';
import { findUser } from './runner.ts';

describe('the programs of PostgreSQL', () => {
  it('are found, those that come with the packages first', async () => {
    const [first] = await findBinaries();
    expect(first).toMatchObject({ origin: 'npm' });
  });

  it('say their major version', () => {
    expect(majorVersion('postgres (PostgreSQL) 18.4\n')).toBe(18);
    expect(majorVersion('postgres (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)')).toBe(15);
    expect(majorVersion('postgres (PostgreSQL) 19devel')).toBe(19);
    expect(majorVersion('not found')).toBeNull();
  });
});

describe('the user root switches to', () => {
  const root = 'root:x:0:0:root:/root:/bin/bash\n';
  const nobody = 'nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n';

  it('is postgres, else nobody, never root', () => {
    expect(findUser(`${root}${nobody}postgres:x:101:104::/var/lib/postgresql:/bin/bash\n`)).toEqual({
      uid: 101,
      gid: 104,
    });
    expect(findUser(root + nobody)).toEqual({ uid: 65534, gid: 65534 });
    expect(findUser(`${root}postgres:x:0:0::/:/bin/sh\nnobody:x:99:98::/:/bin/false\n`)).toEqual({
      uid: 99,
      gid: 98,
    });
    expect(findUser('')).toEqual({ uid: 65534, gid: 65534 });
  });
});

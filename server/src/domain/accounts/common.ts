/** Words that the commonest passwords of twelve characters and more are made of, with digits around them. */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  (
    'password passwort motdepasse azerty azertyuiop azertyuiopqsdfghjklm qwerty qwertyuiop qwertyuiopasdfghjkl ' +
    'qwertyuiopasdfghjklzxcvbnm asdfghjkl asdfghjklzxcvbnm zxcvbnm qsdfghjklm wxcvbn admin administrator ' +
    'administrateur welcome bienvenue letmein iloveyou jetaime changeme changezmoi secret monkey dragon ' +
    'football baseball basketball superman batman princess princesse sunshine soleil starwars pokemon ' +
    'whatever trustno master shadow michael jennifer jordan charlie marseille doudou loulou chocolat ' +
    'coucou bonjour nicolas camille france paris summer winter autumn spring printemps automne internet ' +
    'computer ordinateur samsung liverpool manchester chelsea arsenal barcelona realmadrid juventus ' +
    'killer hunter freedom forever default guest test testtest user login root toor access qazwsx qazwsxedc ' +
    'qazwsxedcrfv qweasd qweasdzxc unknown blink backstreet mustang corvette thomas google facebook linkedin ' +
    'company marketing dashboard engagement letmeinnow iloveyouforever passpasspass mypassword thisispassword ' +
    'adminadmin adminpassword passwordpassword motdepassemotdepasse azertyazerty qwertyqwerty zaqxsw ' +
    'correcthorsebatterystaple abcdefghijkl abcdefghijklm abcdefghijklmnop abcdefghijklmnopqrstuvwxyz abcdef ' +
    'abcabc qwert qwer asdf asdfgh qqww ewq abc abcd a aa q w z x p pass pwd mdp'
  ).split(' '),
);

/** Runs along which lazy fingers go. */
export const RUNS: readonly string[] = [
  '01234567890123456789',
  '98765432109876543210',
  'abcdefghijklmnopqrstuvwxyz',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
  'a1z2e3r4t5y6u7i8o9p0',
  '1a2z3e4r5t6y7u8i9o0p',
  'zaq12wsxcde34rfvbgt5',
  'azertyuiopqsdfghjklmwxcvbn',
  'qwertyuiopasdfghjklzxcvbnm',
  'a1b2c3d4e5f6g7h8i9j0',
  '123qweasdzxc456rtyfghvbn',
  'q1w2e3r4q1w2e3r4q1w2e3r4',
  '1q2w3e4r1q2w3e4r1q2w3e4r',
  '11223344556677889900',
  '147258369147258369',
  '789456123789456123',
];

package app.starhash.apk;

import com.android.apksig.ApkSigner;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/**
 * Signs APKs by schemes v2 and v3: {@code Sign MIN_SDK debug|release KEYSTORE ALIAS (IN OUT)…}. The alias may be empty if the store
 * holds one key. The password comes by the standard input: arguments and the environment are for others to see. Prints the
 * certificate's SHA-256 and subject.
 */
final class Sign {
    /** As xtask writes it into the key it makes; Google's tools write the other. */
    private static final List<String> DEBUG = List.of("CN=Starhash debug", "CN=Android Debug");

    private static final String MAKE_ONE = "\nWithout STARHASH_KEY `cargo apk --release` says how to make one.";

    private record Key(PrivateKey key, List<X509Certificate> chain) {}

    /** What to tell the person at the terminal. */
    private static final class Refused extends Exception {
        Refused(String message) {
            super(message);
        }
    }

    public static void main(String[] arguments) throws Exception {
        try {
            int minSdk = Integer.parseInt(arguments[0]);
            Path store = Path.of(arguments[2]);
            Key key = key(store, arguments[3], password());
            X509Certificate certificate = key.chain().get(0);
            judge(arguments[1], store, key, certificate);
            for (int at = 4; at + 1 < arguments.length; at += 2) {
                sign(minSdk, key, new File(arguments[at]), new File(arguments[at + 1]));
            }
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            System.out.println(HexFormat.of().formatHex(digest));
            System.out.println(certificate.getSubjectX500Principal().getName());
        } catch (Refused refused) {
            System.err.println(refused.getMessage());
            System.exit(1);
        } catch (IOException failed) {
            System.err.println("An APK cannot be read or written: " + failed.getMessage() + ".");
            System.exit(1);
        }
    }

    private static char[] password() throws Refused, IOException {
        String password = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        if (password.isEmpty()) {
            throw new Refused("There is no password: set STARHASH_KEY_PASSWORD or STARHASH_KEY_PASSWORD_FILE.");
        }
        return password.toCharArray();
    }

    private static Key key(Path store, String wanted, char[] password) throws Refused, IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, password);
        } catch (NoSuchFileException gone) {
            throw new Refused("There is no key store " + store + ".");
        } catch (IOException failed) {
            if (failed.getCause() instanceof UnrecoverableKeyException) {
                throw new Refused(
                        "The password is not that of the key store " + store
                                + ": look at STARHASH_KEY_PASSWORD, or if that is not set at STARHASH_KEY_PASSWORD_FILE.");
            }
            throw new Refused("The file " + store + " is no PKCS12 key store, or is damaged (" + failed + ")." + MAKE_ONE);
        }
        String alias = alias(keys, store, wanted);
        PrivateKey key;
        try {
            key = (PrivateKey) keys.getKey(alias, password);
        } catch (UnrecoverableKeyException wrong) {
            throw new Refused("The key \"" + alias + "\" in " + store + " has another password than its store.");
        }
        List<X509Certificate> chain = new ArrayList<>();
        for (var certificate : keys.getCertificateChain(alias)) chain.add((X509Certificate) certificate);
        return new Key(key, chain);
    }

    private static String alias(KeyStore keys, Path store, String wanted) throws Refused, GeneralSecurityException {
        List<String> found = new ArrayList<>();
        for (String alias : Collections.list(keys.aliases())) if (keys.isKeyEntry(alias)) found.add(alias);
        if (!wanted.isEmpty()) {
            // Whether capitals count is the store's own affair.
            if (keys.isKeyEntry(wanted)) return wanted;
            throw new Refused(
                    "There is no key \"" + wanted + "\" in " + store + ", only " + found + ": set STARHASH_KEY_ALIAS to one of these.");
        }
        if (found.size() == 1) return found.get(0);
        throw new Refused(
                found.isEmpty()
                        ? "There is no private key in " + store + "."
                        : "There are several keys in " + store + ": say by STARHASH_KEY_ALIAS which of " + found + ".");
    }

    private static void judge(String purpose, Path store, Key key, X509Certificate certificate) throws Refused {
        // An EC signature is another one each time; the same sources shall give the same APK.
        String kind = key.key().getAlgorithm();
        if (key.key() instanceof RSAKey rsa) kind += " of " + rsa.getModulus().bitLength() + " bits";
        if (!(key.key() instanceof RSAKey rsa) || rsa.getModulus().bitLength() < 2048) {
            throw new Refused("The key in " + store + " is " + kind + ", not RSA of 2048 bits or more." + MAKE_ONE);
        }
        String subject = certificate.getSubjectX500Principal().getName();
        if (purpose.equals("release") && DEBUG.stream().anyMatch(subject::contains)) {
            throw new Refused(
                    "The key in " + store + " is a debug key (" + subject + "): a release needs a key of your own." + MAKE_ONE);
        }
    }

    private static void sign(int minSdk, Key key, File in, File out) throws Exception {
        var signer = new ApkSigner.SignerConfig.Builder("STARHASH", key.key(), key.chain()).build();
        new ApkSigner.Builder(List.of(signer))
                .setInputApk(in)
                .setOutputApk(out)
                .setMinSdkVersion(minSdk)
                // Scheme v1 is for Android before 7.
                .setV1SigningEnabled(false)
                .setV2SigningEnabled(true)
                .setV3SigningEnabled(true)
                .setV4SigningEnabled(false)
                .setOtherSignersSignaturesPreserved(false)
                .build()
                .sign();
    }

    private Sign() {}
}

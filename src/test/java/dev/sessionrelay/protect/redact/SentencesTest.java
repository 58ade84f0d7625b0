package dev.sessionrelay.protect.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentencesTest {
    private static final Redaction REDACTION = new Redaction(Redaction.Mode.ON, OwnRules.NONE, Map.of(), List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "You can log in with alice and %s today",
                "alice can sign in as alice@example.com / %s",
                "Enter %s when asked for the passphrase",
                "when it asks for the password, type %s",
                "unlock the vault with %s",
                "**Password:** %s",
                "- **Password**: `%s`",
                "Password:\n```\n%s\n```",
                "Mein Passwort heißt %s",
                "La password è %s",
                "Le mot de passe est « %s »",
                "Identifiants : bob / %s",
                "access token → %s",
                "it's %s (the admin password)"
            })
    void takesOutWhatASentenceTells(String sentence) {
        for (String secret : new String[] {"Falcon48213", "q7RtZk3mWx9Lp2Vb", "wG5r#Tq9!xLm2%Zv"}) {
            assertThat(REDACTION.text(sentence.formatted(secret))).doesNotContain(secret);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "We don't pass a to c.toArray(x) here",
                "private key P11KeyFactory(Token token, String algorithm)",
                "case I_PRIV -> spi.engineInitSign((PrivateKey) key);",
                "the token (id-ct-TSTInfo) of RFC 3161",
                "* 1a2b3c4 (HEAD -> main) Fix the password form",
                "The password must be at least 8 characters long",
                "{ \"key.password\", \"Schl\\u00FCsselkennwort\" },"
            })
    void leavesWhatNamesThings(String text) {
        assertThat(REDACTION.text(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DB_PASSWORD=crumb.yonder.kettle.gravel",
                "password: \"CrumbYonderKettleGravel\"",
                "password: crumb_yonder_kettle_gravel",
                "mysql --user=root --password=crumb-yonder-kettle-gravel shop",
                "The password is crumb-yonder-kettle-gravel."
            })
    void takesOutWordsThatAreAPassword(String text) {
        assertThat(REDACTION.text(text)).doesNotContainIgnoringCase("yonder");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"password = build_user_pass_hash", "token: SomeLongTypeOfNode,", "pass the-open-file-handle on"})
    void leavesNamesOfPrograms(String text) {
        assertThat(REDACTION.text(text)).isEqualTo(text);
    }
}

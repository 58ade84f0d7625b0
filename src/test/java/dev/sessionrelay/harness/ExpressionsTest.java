package dev.sessionrelay.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionsTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private record Names(boolean succeeded) implements Expressions.Context {
        @Override
        public JsonNode value(String name) {
            return switch (name) {
                case "github.event.comment.body" -> NODES.textNode("Please, @Claude");
                case "github.event.number" -> NODES.numberNode(12);
                case "github.head_ref" -> NODES.textNode("");
                case "github.event.comment" -> NODES.objectNode();
                default -> NODES.missingNode();
            };
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "a-${{ github.event.number || github.event.issue.number }}; a-12",
                "${{ github.head_ref || 'main' }}; main",
                "(${{ github.event.review.body }}); ()",
                "${{ contains(github.event.comment.body, '@claude') && 'asked' }}; asked",
                "${{ contains(fromJSON('[\"A\", \"B\"]'), 'b') }}; true",
                "${{ contains(fromJSON('[\"A\", \"B\"]'), 'AB') }}; false",
                "${{ !github.event.comment || (1 == 2) }}; false",
                "${{ 'it''s' != 'its' }}; true",
            })
    void evaluatesAsGitHubDoes(String text, String value) {
        assertThat(Expressions.fill(text, new Names(true))).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"always(),true", "true,false", "failure(),true", "success() || true,true", "success(),false"})
    void aStepRunsAfterAFailureOnlyWhenItSaysSo(String condition, boolean runs) {
        assertThat(Expressions.allows(condition, new Names(false))).isEqualTo(runs);
    }

    @ParameterizedTest
    @ValueSource(strings = {"${{ hashFiles('x') }}", "${{ a ? b }}", "${{ (a }}"})
    void refusesWhatItDoesNotKnow(String text) {
        assertThatThrownBy(() -> Expressions.fill(text, new Names(true))).isInstanceOf(IllegalArgumentException.class);
    }
}

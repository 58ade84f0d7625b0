package dev.sessionrelay.testing;

import java.lang.reflect.AnnotatedElement;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Runs, skips or (when strict) fails a test by what {@link Needs} says of it. */
final class NeedsCondition implements ExecutionCondition {
    private static final String STRICT = "relay.strict";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return judge(needed(context), Tool::missing, Boolean.getBoolean(STRICT));
    }

    /** What the element itself asks for; the class has been judged before its methods. */
    private static Set<Tool> needed(ExtensionContext context) {
        Optional<AnnotatedElement> element = context.getElement();
        Set<Tool> tools = EnumSet.noneOf(Tool.class);
        AnnotationSupport.findAnnotation(element, Needs.class)
                .map(Needs::value)
                .map(List::of)
                .ifPresent(tools::addAll);
        return tools;
    }

    static ConditionEvaluationResult judge(Set<Tool> needed, Function<Tool, Optional<String>> missing, boolean strict) {
        List<String> absent = needed.stream()
                .flatMap(tool -> reason(tool, missing.apply(tool)))
                .toList();
        if (absent.isEmpty()) {
            return ConditionEvaluationResult.enabled("all tools are here");
        }
        String reason = String.join("; ", absent) + ". ./verify prepares it";
        if (strict) {
            throw new MissingTool(reason);
        }
        return ConditionEvaluationResult.disabled(reason);
    }

    private static Stream<String> reason(Tool tool, Optional<String> missing) {
        return missing.map(why -> "needs " + tool + ": " + why).stream();
    }

    /** A missing tool where nothing may be skipped. */
    static final class MissingTool extends RuntimeException {
        MissingTool(String reason) {
            super(reason + "; nothing may be skipped here (" + STRICT + "=true)");
        }
    }
}

package dev.sessionrelay.protect.redact.corpus;

import java.util.Random;

/**
 * Makes a text of a form that is written as a small part of a regular expression: literals, {@code \} before a sign,
 * {@code [a-z0-9]} classes, and {@code {n}} or {@code {n,m}} behind a class.
 */
final class Form {
    private final String form;
    private final Random random;
    private final StringBuilder made = new StringBuilder();
    private int at;

    private Form(String form, Random random) {
        this.form = form;
        this.random = random;
    }

    static String of(String form, Random random) {
        Form one = new Form(form, random);
        while (one.at < form.length()) {
            one.next();
        }
        return one.made.toString();
    }

    private void next() {
        char c = form.charAt(at++);
        if (c == '[') {
            String alphabet = alphabet();
            for (int count = count(); count > 0; count--) {
                made.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
        } else {
            made.append(c == '\\' ? form.charAt(at++) : c);
        }
    }

    private String alphabet() {
        StringBuilder all = new StringBuilder();
        while (form.charAt(at) != ']') {
            char first = form.charAt(at++);
            if (form.charAt(at) == '-' && form.charAt(at + 1) != ']') {
                for (char c = first; c <= form.charAt(at + 1); c++) {
                    all.append(c);
                }
                at += 2;
            } else {
                all.append(first);
            }
        }
        at++;
        return all.toString();
    }

    private int count() {
        if (at >= form.length() || form.charAt(at) != '{') {
            return 1;
        }
        int end = form.indexOf('}', at);
        String[] bounds = form.substring(at + 1, end).split(",", -1);
        at = end + 1;
        int least = Integer.parseInt(bounds[0]);
        return bounds.length == 1 ? least : least + random.nextInt(Integer.parseInt(bounds[1]) - least + 1);
    }
}

// SPDX-License-Identifier: BSD-2-Clause
package shell.command.argument;

import java.util.List;
import java.util.Locale;
import kernel.lwp.signal.Signal;
import kernel.lwp.signal.SignalAction;
import kernel.vm.syscall.Parameter;
import kernel.vm.syscall.SymbolSet;

/** Reads what stands for signals: names, sets and actions. */
public final class SignalArguments {
    /** The handler of puppets, which prints a line. */
    public static final String NOTE = "note";
    /** How a set can be written. */
    static final String SET_FORMS = "write signals such as SIGUSR1,SIGUSR2, none, all";
    /** How an action can be written. */
    static final String ACTION_FORMS = "write SIG_DFL, SIG_IGN, note (prints a line), or a list such as "
            + "[note SA_RESTART,SA_ONSTACK SIGUSR2]";

    private static final SymbolSet FLAGS = SymbolSet.bits("SA_").with("ONSTACK", SignalAction.SA_ONSTACK)
            .with("RESTART", SignalAction.SA_RESTART).with("RESETHAND", SignalAction.SA_RESETHAND)
            .with("NOCLDSTOP", SignalAction.SA_NOCLDSTOP).with("NODEFER", SignalAction.SA_NODEFER)
            .with("NOCLDWAIT", SignalAction.SA_NOCLDWAIT).with("SIGINFO", SignalAction.SA_SIGINFO)
            .with("NOKERNINFO", SignalAction.SA_NOKERNINFO);

    private SignalArguments() {
    }

    /**
     * A signal by number or name, with or without SIG.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static int signal(String text) {
        String name = text.toUpperCase(Locale.ROOT);
        String whole = name.startsWith("SIG") ? name : "SIG" + name;
        for (int signo = 1; signo < Signal.NSIG; signo++) {
            if (Signal.name(signo).equals(whole) || Integer.toString(signo).equals(text)) {
                return signo;
            }
        }
        throw new IllegalArgumentException("there is no signal " + text + "; write a number from 1 to "
                + (Signal.NSIG - 1) + " or a name such as SIGTERM");
    }

    /** A set of signals, bit n - 1 for signal n. */
    static long set(Object word) {
        String text = word instanceof List<?> list ? ArgumentReader.shown(list).replaceAll("[\\[\\] ]", "")
                : word.toString();
        if (text.isEmpty() || text.equals("none")) {
            return 0;
        }
        if (text.equals("all")) {
            return -1;
        }
        long set = 0;
        for (String name : text.split("[|,]")) {
            set |= Signal.bit(signal(name.strip()));
        }
        return set;
    }

    /** What a signal does: a word, or a list of that word, flags and the signals blocked meanwhile. */
    static Argument action(Parameter parameter, Object word) {
        List<?> words = word instanceof List<?> list ? list : List.of(word);
        if (words.isEmpty() || words.size() > 3) {
            throw new IllegalArgumentException("an action has one to three parts; " + ACTION_FORMS);
        }
        String handler = words.get(0).toString();
        if (!List.of("SIG_DFL", "SIG_IGN", NOTE).contains(handler)) {
            throw new IllegalArgumentException("'" + handler + "' is no action; " + ACTION_FORMS);
        }
        int flags = words.size() > 1 ? flags(words.get(1)) : 0;
        long mask = words.size() > 2 ? set(words.get(2)) : 0;
        String shown = word instanceof List<?> list ? ArgumentReader.shown(list) : handler;
        return new Argument.Action(parameter, shown, handler.equals(NOTE),
                handler.equals("SIG_IGN") ? SignalAction.SIG_IGN : SignalAction.SIG_DFL, flags, mask);
    }

    private static int flags(Object word) {
        long flags = 0;
        for (String name : word.toString().split("[|,]")) {
            flags |= Numbers.isNumber(name) ? Numbers.parse(name, "flags") : FLAGS.value(name.strip());
        }
        return (int) flags;
    }

    /** The names of SA_ flags. */
    public static String flagText(int flags) {
        return FLAGS.text(flags);
    }
}

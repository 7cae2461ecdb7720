package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.destination.SaidSecrets;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.fault.Fault;
import com.mobileapiconnect.bridge.message.WireName;
import java.util.List;

/**
 * The findings of a test of a system.
 *
 * @param checked what is right, in words for people
 * @param faults  what is wrong, one for each thing to change
 */
public record Findings(List<String> checked, List<Fault> faults) {

    /** Texts of a system may be in the words. */
    private static final int MOST = 50;

    public Findings {
        checked = checked.stream().limit(MOST).toList();
        faults = faults.stream().limit(MOST).toList();
    }

    /** Returns the same without the secrets of the target that was tested. */
    Findings withoutSecrets(Target target) {
        return new Findings(
                checked.stream()
                        .map(words -> String.valueOf(SaidSecrets.hide(words, target)))
                        .toList(),
                faults.stream()
                        .map(fault -> new Fault(fault.kind(), String.valueOf(SaidSecrets.hide(fault.words(), target))))
                        .toList());
    }

    static Findings wrong(Fault fault) {
        return new Findings(List.of(), List.of(fault));
    }

    /** The findings as the API shows them. */
    record View(List<String> checked, List<FaultView> faults) {}

    record FaultView(String kind, String message) {}

    View view() {
        return new View(
                checked,
                faults.stream()
                        .map(fault -> new FaultView(fault.kind().wireName(), fault.words()))
                        .toList());
    }

    /** Returns the class of the first fault among those of attempts. */
    ErrorClass errorClass() {
        return WireName.find(ErrorClass.class, faults.get(0).kind().wireName()).orElse(ErrorClass.SYSTEM);
    }
}

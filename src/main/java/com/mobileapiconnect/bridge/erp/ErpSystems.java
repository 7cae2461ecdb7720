package com.mobileapiconnect.bridge.erp;

import com.mobileapiconnect.bridge.setting.Nearest;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The systems by their names, made when the first route names one of them. */
@Component
public class ErpSystems {

    private final ObjectProvider<ErpSystem> systems;

    ErpSystems(ObjectProvider<ErpSystem> systems) {
        this.systems = systems;
    }

    /** @throws IllegalArgumentException names the systems that there are */
    public ErpSystem named(String name) {
        Map<String, ErpSystem> known = systems.stream().collect(Collectors.toMap(ErpSystem::name, Function.identity()));
        ErpSystem system = known.get(name);
        if (system == null) {
            List<String> names = known.keySet().stream().sorted().toList();
            throw new IllegalArgumentException("There is no system " + name
                    + Nearest.to(name, names)
                            .map(near -> "; did you mean erp:" + near + "?")
                            .orElse("; there is " + String.join(", ", names)));
        }
        return system;
    }
}

package com.mobileapiconnect.bridge.odata;

import com.mobileapiconnect.bridge.odata.Metadata.EntitySet;
import com.mobileapiconnect.bridge.odata.Metadata.Property;
import com.mobileapiconnect.bridge.odata.Metadata.Type;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code $metadata}, which may be large and comes from outside: as a stream, without document types and without
 * anything that the document points to.
 */
final class MetadataReader {

    private static final int MOST_PROPERTIES = 200_000;

    private final XMLStreamReader xml;
    private final Map<String, Type> types = new HashMap<>();
    private final Map<String, EntitySet> sets = new LinkedHashMap<>();
    private final Map<String, String> aliases = new HashMap<>();
    /** Places that annotations name. */
    private final Set<String> readOnly = new HashSet<>();

    private final Set<String> notInsertable = new HashSet<>();
    private String version = "";
    private String namespace = "";
    private String container = "";
    private @Nullable OpenType type;
    private @Nullable Property property;
    private @Nullable String set;
    /** The target of the annotations that are being read, and the annotation. */
    private @Nullable String target;

    private @Nullable String term;
    private int properties;

    /** A type that is being read. */
    private record OpenType(String name, @Nullable String base, List<String> keys, Map<String, Property> properties) {}

    private MetadataReader(XMLStreamReader xml) {
        this.xml = xml;
    }

    /** @throws XMLStreamException if it is no such document */
    static Metadata read(String document) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(document));
        try {
            return new MetadataReader(xml).read();
        } finally {
            xml.close();
        }
    }

    private Metadata read() throws XMLStreamException {
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                begin(xml.getLocalName());
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                end(xml.getLocalName());
            } else if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                throw new XMLStreamException("It has a document type or entities");
            }
        }
        if (version.isEmpty()) {
            throw new XMLStreamException("It is no Edmx document");
        }
        return new Metadata(version, finished(), withRights());
    }

    private void begin(String element) throws XMLStreamException {
        switch (element) {
            case "Edmx" -> version = attribute("Version", "?");
            case "DataServices" -> version = attribute("DataServiceVersion", version);
            case "Schema" -> {
                namespace = attribute("Namespace", "");
                aliases.put(attribute("Alias", namespace), namespace);
            }
            case "EntityType", "ComplexType" -> {
                String base = attribute("BaseType", "");
                type = new OpenType(
                        namespace + "." + attribute("Name", ""),
                        base.isEmpty() ? null : base,
                        new ArrayList<>(),
                        new LinkedHashMap<>());
            }
            case "PropertyRef" -> {
                if (type != null) {
                    type.keys().add(attribute("Name", ""));
                }
            }
            case "Property" -> property(false);
            case "NavigationProperty" -> property(true);
            case "EntityContainer" -> container = namespace + "." + attribute("Name", "");
            case "EntitySet" -> {
                set = attribute("Name", "");
                sets.put(set, new EntitySet(set, attribute("EntityType", ""), true));
            }
            case "Annotations" -> target = unaliased(attribute("Target", ""));
            case "Annotation" -> {
                term = attribute("Term", "");
                annotated(term, attribute("Bool", "true"), attribute("EnumMember", ""));
            }
            case "PropertyValue" -> {
                if (term != null
                        && term.endsWith(".InsertRestrictions")
                        && attribute("Property", "").equals("Insertable")
                        && attribute("Bool", "true").equals("false")) {
                    notInsertable.add(place());
                }
            }
            case "EnumMember" -> {
                if (term != null && term.endsWith(".Permissions")) {
                    permitted(xml.getElementText());
                }
            }
            default -> {}
        }
    }

    private void property(boolean navigation) throws XMLStreamException {
        if (type == null) {
            return;
        } else if (++properties > MOST_PROPERTIES) {
            throw new XMLStreamException("It has more than " + MOST_PROPERTIES + " properties");
        }
        String of = attribute("Type", "");
        boolean many = of.startsWith("Collection(");
        String length = attribute("MaxLength", "");
        boolean optional = navigation
                || many
                || !attribute("Nullable", "true").equals("false")
                || xml.getAttributeValue(null, "DefaultValue") != null;
        property = new Property(
                attribute("Name", ""),
                many ? of.substring("Collection(".length(), of.length() - 1) : of,
                many,
                navigation,
                optional,
                false,
                length.matches("[0-9]{1,9}") ? Integer.valueOf(length) : null);
        type.properties().put(property.name(), property);
    }

    private void annotated(String of, String flag, String member) {
        boolean computed = of.endsWith(".Computed") && flag.equals("true");
        if (computed) {
            readOnly.add(place());
        } else if (of.endsWith(".Permissions")) {
            permitted(member);
        }
    }

    /** Notes a property that can be read and no more. */
    private void permitted(String members) {
        if (members.strip().endsWith("/Read")) {
            readOnly.add(place());
        }
    }

    /** Returns what an annotation is about. */
    private String place() {
        if (target != null) {
            return target;
        } else if (type != null && property != null) {
            return type.name() + "/" + property.name();
        }
        return set == null ? "" : container + "/" + set;
    }

    private void end(String element) {
        switch (element) {
            case "EntityType", "ComplexType" -> {
                if (type != null) {
                    types.put(type.name(), new Type(type.name(), type.base(), type.keys(), type.properties()));
                }
                type = null;
            }
            case "Property", "NavigationProperty" -> property = null;
            case "EntitySet" -> set = null;
            case "Annotations" -> target = null;
            case "Annotation" -> term = null;
            default -> {}
        }
    }

    private Map<String, EntitySet> finished() {
        Map<String, EntitySet> all = new LinkedHashMap<>();
        sets.forEach((name, each) -> all.put(
                name, new EntitySet(name, unaliased(each.type()), !notInsertable.contains(container + "/" + name))));
        return all;
    }

    private Map<String, Type> withRights() {
        Map<String, Type> all = new HashMap<>();
        types.forEach((name, each) -> {
            Map<String, Property> known = new LinkedHashMap<>();
            each.properties()
                    .forEach((key, it) -> known.put(
                            key,
                            new Property(
                                    it.name(),
                                    unaliased(it.type()),
                                    it.many(),
                                    it.navigation(),
                                    it.optional(),
                                    readOnly.contains(name + "/" + key),
                                    it.maxLength())));
            String base = each.base();
            all.put(name, new Type(name, base == null ? null : unaliased(base), each.keys(), known));
        });
        return all;
    }

    /** Returns a name with the namespace that an alias stands for. */
    private String unaliased(String name) {
        int slash = name.indexOf('/');
        int dot = name.lastIndexOf('.', slash < 0 ? name.length() : slash);
        String full = dot < 0 ? null : aliases.get(name.substring(0, dot));
        return full == null ? name : full + name.substring(dot);
    }

    private String attribute(String name, String otherwise) {
        String value = xml.getAttributeValue(null, name);
        return value == null ? otherwise : value;
    }
}

package com.mobileapiconnect.bridge.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.fault.Fault;
import com.mobileapiconnect.bridge.fault.FaultKind;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a mapping by what a service says of itself. */
class MetadataCheckTest {

    private static final String DOCUMENT = """
            <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
            <Schema Namespace="a.b" Alias="SELF" xmlns="http://docs.oasis-open.org/odata/ns/edm">
              <EntityType Name="Base" Abstract="true"><Key><PropertyRef Name="ID"/></Key>
                <Property Name="ID" Type="Edm.String" Nullable="false" MaxLength="40"/></EntityType>
              <EntityType Name="Sms" BaseType="SELF.Base">
                <Property Name="text" Type="Edm.String" Nullable="false"/>
                <Property Name="level" Type="Edm.Int32"/><Property Name="amount" Type="Edm.Decimal"/>
                <Property Name="urgent" Type="Edm.Boolean"/><Property Name="on" Type="Edm.Date"/>
                <Property Name="at" Type="Edm.DateTimeOffset"/><Property Name="guid" Type="Edm.Guid"/>
                <Property Name="madeBy" Type="Edm.String"><Annotation Term="Org.OData.Core.V1.Computed" Bool="true"/></Property>
                <Property Name="madeAt" Type="Edm.String"/>
                <Property Name="tags" Type="Collection(Edm.String)"/>
                <Property Name="place" Type="SELF.Place"/>
                <NavigationProperty Name="notes" Type="Collection(SELF.Note)"/>
              </EntityType>
              <EntityType Name="Note"><Property Name="text" Type="Edm.String"/></EntityType>
              <ComplexType Name="Place"><Property Name="city" Type="Edm.String"/></ComplexType>
              <EntityType Name="Short"><Key><PropertyRef Name="No"/></Key>
                <Property Name="No" Type="Edm.Int32" Nullable="false"/>
                <Property Name="ext" Type="Edm.String" MaxLength="10"/></EntityType>
              <EntityContainer Name="All">
                <EntitySet Name="Sms" EntityType="SELF.Sms"/><EntitySet Name="Shorts" EntityType="a.b.Short"/>
                <EntitySet Name="Fixed" EntityType="SELF.Sms"/>
              </EntityContainer>
              <Annotations Target="SELF.Sms/madeAt"><Annotation Term="Core.Permissions">
                <EnumMember>Org.OData.Core.V1.Permission/Read</EnumMember></Annotation></Annotations>
              <Annotations Target="SELF.All/Fixed"><Annotation Term="Org.OData.Capabilities.V1.InsertRestrictions">
                <Record><PropertyValue Property="Insertable" Bool="false"/></Record></Annotation></Annotations>
            </Schema></edmx:DataServices></edmx:Edmx>
            """;

    private static List<Fault> faults(String settings, String fields) {
        try {
            return MetadataCheck.faults(
                    MetadataReader.read(DOCUMENT),
                    ODataSettings.of("https://erp.example.com", Attempts.json(settings)),
                    Attempts.json(fields));
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Fault> sms(String fields) {
        return faults("{\"entitySet\":\"Sms\",\"key\":\"ID\"}", fields);
    }

    @Test
    void aMappingThatFitsIsRight() {
        assertThat(sms("""
                {"text":"{{text}}","level":{"value":"1","as":"integer"},"amount":{"value":"1","as":"number"},
                 "urgent":true,"on":{"value":"{{receivedAt}}","as":"date"},"at":"{{receivedAt}}","guid":"{{match.1}}",
                 "place":{"city":"Pune"},"notes":[{"text":"{{text}}"}],"tags":["{{from}}"]}""")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'textt':'x','text':'x' | FIELD | no field textt; it has text",
                "'text':{'value':'1','as':'integer'} | TYPE | text is of the type Edm.String, and is mapped as integer",
                "'text':'x','level':'{{text}}' | TYPE | Edm.Int32",
                "'text':'x','on':'{{receivedAt}}' | TYPE | Edm.Date",
                "'text':'x','at':'{{text}}' | TYPE | Edm.DateTimeOffset",
                "'text':'x','urgent':'x' | TYPE | Edm.Boolean",
                "'text':'x','madeBy':'x' | FIELD | cannot be written",
                "'text':'x','madeAt':'x' | FIELD | cannot be written",
                "'text':'x','place':'x' | TYPE | has to be an object",
                "'text':'x','place':{'town':'x'} | FIELD | no field place.town; it has city",
                "'text':'x','notes':{'text':'x'} | TYPE | has to be a list",
                "'text':'x','notes':[{'txt':'x'}] | FIELD | no field notes.txt",
                "'text':['x'] | TYPE | has to be one value",
                "'level':1 | FIELD | wants to be given text, too"
            })
    void whatDoesNotFitIsSaid(String fields, FaultKind kind, String words) {
        assertThat(sms("{" + fields.replace('\'', '"') + "}")).singleElement().satisfies(fault -> {
            assertThat(fault.kind()).isEqualTo(kind);
            assertThat(fault.words()).contains(words);
        });
    }

    @Test
    void theKeyAndTheSetAreLookedAtToo() {
        assertThat(faults("{\"entitySet\":\"Smss\",\"key\":\"ID\"}", "{}"))
                .singleElement()
                .satisfies(fault -> assertThat(fault.words()).contains("no entity set Smss; it has Sms"));
        assertThat(faults("{\"entitySet\":\"Fixed\",\"key\":\"ID\"}", "{\"text\":\"x\"}"))
                .singleElement()
                .satisfies(fault -> assertThat(fault.kind()).isEqualTo(FaultKind.PERMISSION));
        assertThat(faults("{\"entitySet\":\"Shorts\",\"key\":\"ext\"}", "{}"))
                .extracting(Fault::words)
                .anySatisfy(words -> assertThat(words).contains("at most 10 characters"))
                .anySatisfy(words -> assertThat(words).contains("The key of Shorts is No", "find-create"));
        assertThat(faults("{\"entitySet\":\"Shorts\",\"key\":\"No\"}", "{}"))
                .extracting(Fault::words)
                .anySatisfy(words -> assertThat(words).contains("Edm.Int32", "is a text"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><edmx:Edmx Version=\"4.0\" xmlns:edmx=\"x\">&b;</edmx:Edmx>",
                "<html><body>Please log in</body></html>",
                "no XML at all",
                "<edmx:Edmx Version=\"4.0\" xmlns:edmx=\"x\"><open>"
            })
    void whatIsNoMetadataIsRefused(String document) {
        assertThatThrownBy(() -> MetadataReader.read(document)).isInstanceOf(XMLStreamException.class);
    }
}
